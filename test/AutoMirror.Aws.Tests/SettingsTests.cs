using AutoMirror.Aws.Hosting;
using Xunit;

namespace AutoMirror.Aws.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Defaults_need_a_Region_only()
    {
        var (settings, errors) = Read(("AWS_REGION", "eu-west-1"));

        Assert.Empty(errors);
        Assert.Equal(
            ("automirror", "/automirror", "eu-west-1", null, null),
            (
                settings.ForDeployment.Deployment.Name, settings.ForDeployment.Prefix, settings.ForDeployment.Region, settings.Ec2Endpoint,
                settings.SsmEndpoint));
    }

    [Theory]
    [InlineData("AUTOMIRROR_DEPLOYMENT", "has spaces")]
    [InlineData("AUTOMIRROR_DEPLOYMENT", "abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("AUTOMIRROR_PREFIX", "automirror")]
    [InlineData("AUTOMIRROR_PREFIX", "/")]
    [InlineData("AWS_ENDPOINT_URL", "localhost:4566")]
    [InlineData("AWS_ENDPOINT_URL_EC2", "ftp://somewhere")]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "LOUD")]
    public void A_wrong_value_is_an_error_that_names_it(string name, string value)
    {
        var (_, errors) = Read(("AWS_REGION", "eu-west-1"), (name, value));

        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains(value, error, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Contains("allowed:", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_Region_it_says_so()
    {
        var (_, errors) = Read();

        Assert.Contains("AWS_REGION", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_has_an_endpoint_of_its_own_before_the_common_one()
    {
        var (settings, errors) = Read(
            ("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), ("AWS_ENDPOINT_URL_SSM", "http://127.0.0.1:2"));

        Assert.Empty(errors);
        Assert.Equal((1, 2), (settings.Ec2Endpoint!.Port, settings.SsmEndpoint!.Port));
    }

    private static (Settings Settings, List<string> Errors) Read(params (string Name, string Value)[] variables)
    {
        var errors = new List<string>();
        return (Settings.Read(name => Array.Find(variables, variable => variable.Name == name).Value, errors), errors);
    }
}

using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Tests.Policies;

/// <summary>What the parameters under a prefix say together.</summary>
public class ParameterSetTests
{
    [Theory]
    [InlineData(null, "observe", "Observe")]
    [InlineData("off", "sync", "Off")]
    [InlineData("off", null, "Off")]
    [InlineData("sync", "off", "Off")]
    [InlineData("observe", "create-only", "Observe")]
    [InlineData("create-only", "observe", "Observe")]
    [InlineData(" create-only\n", "sync", "CreateOnly")]
    [InlineData("sync", "sync", "Sync")]
    public void The_stricter_of_the_switch_and_the_policys_mode_holds(string? mode, string? policy, string holds)
    {
        var set = Good(
            mode is null ? null : new Parameter("/automirror/mode", "String", mode),
            policy is null ? null : new Parameter("/automirror/policy", "String", $$"""{"mode":"{{policy}}"}"""));
        Assert.Equal(holds, set.Policy.Mode.ToString());
    }

    [Theory]
    [InlineData("on")]
    [InlineData("OFF")]
    [InlineData("")]
    public void A_switch_that_is_not_understood_is_an_error_that_says_what_is_allowed(string mode)
    {
        var error = Assert.Single(Bad(new Parameter("/automirror/mode", "String", mode)));
        Assert.Equal("/automirror/mode", error.Parameter);
        Assert.Contains("sync, create-only, observe, off", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Parameter Store's path is read recursively, so that another deployment's parameters may come along.</summary>
    [Fact]
    public void A_deployment_whose_prefix_lies_inside_this_one_stops_neither()
    {
        var set = Good(
            new("/automirror/prod/filter", "String", "tmf-9"),
            new("/automirror/prod/policy", "String", "no JSON"),
            new("/automirror/prod/mode", "SecureString", "?"),
            new("/automirror/prod/targets/default", "String", "tmt-9"));
        Assert.Equal(["default"], set.Sensors.Keys.Select(name => name.Value));
        Assert.Equal(PolicyMode.Sync, set.Policy.Mode);
    }

    [Theory]
    [InlineData("/automirror/polcy", "String", "{}", "is unknown")]
    [InlineData("/automirror/targets/", "String", "tmt-1", "is unknown")]
    [InlineData("/automirror/targets/a/b", "String", "tmt-1", "is unknown")]
    [InlineData("/automirror/policy", "SecureString", "{}", "is a SecureString")]
    [InlineData("/automirror/filter", "SecureString", "tmf-1", "is a SecureString")]
    [InlineData("/automirror/targets/default", "SecureString", "tmt-1", "is a SecureString")]
    [InlineData("/automirror/filter", "String", "tmf", "is 'tmf'")]
    [InlineData("/automirror/targets/ids", "StringList", "tmt-1,eni-1", "holds 'eni-1'")]
    public void A_parameter_that_is_not_understood_is_named_with_what_is_wrong(string name, string type, string value, string why)
    {
        var error = Assert.Single(Bad(new Parameter(name, type, value)));
        Assert.Equal(name, error.Parameter);
        Assert.Contains(why, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_filter_it_says_which_parameter_is_missing()
    {
        var reading = ParameterSetReader.Read("/automirror", [new("/automirror/targets/default", "String", "tmt-1")]);
        var error = Assert.Single(Assert.IsType<Reading<ParameterSet>.Misconfigured>(reading).Errors);
        Assert.StartsWith("parameter /automirror/filter: does not exist; allowed: ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF{\"tagKey\":\"x\"}")]
    [InlineData("  \n{\"tagKey\":\"x\"}")]
    public void A_byte_order_mark_or_space_before_a_policy_is_skipped(string policy) =>
        Assert.Equal("x", Good(new Parameter("/automirror/policy", "String", policy)).Policy.TagKey);

    private static ParameterSet Good(params Parameter?[] parameters) =>
        Assert.IsType<Reading<ParameterSet>.Ready>(ParameterSetReader.Read("/automirror", With(parameters))).Value;

    private static IReadOnlyList<ConfigurationError> Bad(params Parameter?[] parameters) =>
        Assert.IsType<Reading<ParameterSet>.Misconfigured>(ParameterSetReader.Read("/automirror", With(parameters))).Errors;

    private static List<Parameter> With(Parameter?[] parameters)
    {
        List<Parameter> all = [.. parameters.OfType<Parameter>()];
        if (!all.Exists(parameter => parameter.Name == "/automirror/filter"))
            all.Add(new("/automirror/filter", "String", "tmf-1"));
        if (!all.Exists(parameter => parameter.Name == "/automirror/targets/default"))
            all.Add(new("/automirror/targets/default", "StringList", "tmt-1"));
        return all;
    }
}

using System.Text.Json;
using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>The command line takes what the aws CLI takes, or says in one line what to do.</summary>
public sealed class CredentialTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task A_profile_that_assumes_a_role_is_taken()
    {
        await using var account = await EmulatedAccount.StartAsync();
        account.Cloud.Iam.Roles.Create("operator", """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}
            """);
        account.Cloud.Iam.Roles.PutPolicy("operator", "mirroring", """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:*","ssm:*"],"Resource":"*"}]}
            """);
        var environment = WithProfiles(account, """
            [profile base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = secret
            [profile prod]
            role_arn = arn:aws:iam::123456789012:role/operator
            source_profile = base
            region = us-east-1
            """);

        var result = await Programs.CliAsync(["invoke", "-", "--profile", "prod"], environment, "{}");

        Assert.True(result.ExitCode == 0, result.Error);
        var requests = account.Cloud.Requests.Snapshot();
        Assert.Contains(requests, request => request.Action == "AssumeRole" && request.AccessKeyId == "AKIABASE");
        Assert.DoesNotContain(requests, request => request.Action == "DescribeInstances" && request.AccessKeyId == "AKIABASE");
    }

    [Fact]
    public async Task A_profile_that_is_typed_wins_over_keys_in_the_environment()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var environment = new Dictionary<string, string?>(WithProfiles(account, """
            [profile tool]
            credential_process = printf '{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"secret"}'
            region = us-east-1
            """)) { ["AWS_ACCESS_KEY_ID"] = "AKIAOTHER", ["AWS_SECRET_ACCESS_KEY"] = "secret" };

        var result = await Programs.CliAsync(["invoke", "-", "--profile", "tool"], environment, "{}");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(account.Cloud.Requests.Snapshot(), request => request.AccessKeyId == "AKIAPROCESS");
        Assert.DoesNotContain(account.Cloud.Requests.Snapshot(), request => request.AccessKeyId == "AKIAOTHER");
    }

    [Theory]
    [InlineData("sso", "aws sso login --profile sso")]
    [InlineData("session", "aws sso login --profile session")]
    [InlineData("broken", "the credential_process of the profile 'broken'")]
    [InlineData("missing", "there is no profile 'missing' in ~/.aws/config. There are: ")]
    [InlineData("loop", "loop")]
    public async Task What_gives_no_credentials_is_said_in_one_line_with_the_command_that_helps(string profile, string expected)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var environment = WithProfiles(account, """
            [profile sso]
            sso_start_url = https://example.awsapps.com/start
            sso_region = us-east-1
            sso_account_id = 123456789012
            sso_role_name = Operator
            region = us-east-1
            [sso-session corp]
            sso_start_url = https://example.awsapps.com/start
            sso_region = us-east-1
            sso_registration_scopes = sso:account:access
            [profile session]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = Operator
            region = us-east-1
            [profile broken]
            credential_process = false
            region = us-east-1
            [profile loop]
            role_arn = arn:aws:iam::123456789012:role/operator
            source_profile = nowhere
            region = us-east-1
            """);

        var result = await Programs.CliAsync(["remove", "--all-owned", "--profile", profile], environment);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("automirror: ", Assert.Single(result.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_name_Region_endpoint_deployment_and_prefix()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        await account.Ssm.PutParameterAsync(new() { Name = "/blue/filter", Value = account.FilterId, Type = "String" });
        await account.Ssm.PutParameterAsync(new() { Name = "/blue/targets/default", Value = account.TargetId, Type = "String" });
        var environment = new Dictionary<string, string?>(account.Environment)
        {
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1", ["AWS_REGION"] = null, ["AWS_DEFAULT_REGION"] = null,
        };

        var result = await Programs.CliAsync(
            [
                "invoke", "-", "--region", "us-east-1", "--endpoint-url", account.Environment["AWS_ENDPOINT_URL"]!,
                "--deployment", "blue", "--prefix", "/blue",
            ], environment, "{}");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("automirror/blue/", Assert.Single(await account.SessionsAsync()).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_event_that_names_an_account_asks_whose_the_own_one_is()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        int Asked() => account.Cloud.Requests.Snapshot().Count(request => request.Action == "GetCallerIdentity");

        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        Assert.Equal(0, Asked());

        var foreign = await Programs.CliAsync(["invoke", "-"], account.Environment, """
            {"version":"0","id":"1","source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","account":"999999999999",
             "region":"us-east-1","time":"2026-11-26T12:00:00Z","resources":[],
             "detail":{"instance-id":"i-0123456789abcdef0","state":"running"}}
            """);

        Assert.Equal(1, Asked());
        Assert.Contains("999999999999", Scope(foreign.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_may_allow_deletes_whatever_the_functions_environment_says()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync(count: 3);
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        await account.PutAsync("policy", """{"tagKey":"Other","limits":{"deletes":1}}""");
        var environment = new Dictionary<string, string?>(account.Environment) { ["AUTOMIRROR_ALLOW_DELETES"] = "false" };

        await Programs.CliAsync(["invoke", "-"], environment, "{}");
        Assert.Equal(3, (await account.SessionsAsync()).Count);

        var allowed = await Programs.CliAsync(["invoke", "-"], environment, """{"allowDeletes":true}""");
        Assert.True(allowed.ExitCode == 0, allowed.Error);
        Assert.Empty(await account.SessionsAsync());
    }

    private static string Scope(string report) => JsonDocument.Parse(report).RootElement.GetProperty("scope").GetRawText();

    /// <summary>An account's environment without keys, but with a configuration file.</summary>
    private Dictionary<string, string?> WithProfiles(EmulatedAccount account, string config)
    {
        var path = Path.Combine(_home.FullName, "config");
        File.WriteAllText(path, config);
        return new(account.Environment)
        {
            ["HOME"] = _home.FullName, ["AWS_CONFIG_FILE"] = path, ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(_home.FullName, "none"),
            ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null, ["AWS_PROFILE"] = null,
            ["AWS_REGION"] = null, ["AWS_DEFAULT_REGION"] = null,
        };
    }
}

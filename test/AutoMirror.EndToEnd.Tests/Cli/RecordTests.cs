using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>record</c> and <c>--from</c>.</summary>
public sealed class RecordTests : IDisposable
{
    private static readonly string[] Compared = ["changes", "counts", "problems", "verdicts", "converged", "region", "account"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_recorded_account_plans_the_same_without_any_permission()
    {
        await using var account = await FurnishedAsync();
        await account.JsonAsync("record", _folder.FullName);

        var (live, recorded) = (await account.JsonAsync("plan"), await CliResult.JsonFromAsync(_folder.FullName, "plan"));

        Assert.All(Compared, field => Assert.Equal(live.GetProperty(field).GetRawText(), recorded.GetProperty(field).GetRawText()));
        var (seen, told) = (await account.JsonAsync("status"), await CliResult.JsonFromAsync(_folder.FullName, "status"));
        Assert.Equal(seen.GetRawText(), told.GetRawText());
    }

    [Fact]
    public async Task A_pseudonymised_account_plans_alike_and_tells_nothing()
    {
        await using var account = await FurnishedAsync();
        await account.PutAsync("policy", """{"tagLevels":["instance"],"exclude":{"tags":{"team":["secret-team"]}},"sessionNumber":3}""");
        await account.JsonAsync("record", _folder.FullName, "--pseudonymise");

        var (live, recorded) = (await account.JsonAsync("plan"), await CliResult.JsonFromAsync(_folder.FullName, "plan"));

        Assert.Equal(live.GetProperty("counts").GetRawText(), recorded.GetProperty("counts").GetRawText());
        foreach (var list in (string[])["create", "modify", "delete"])
        {
            Assert.Equal(
                live.GetProperty("changes").GetProperty(list).GetArrayLength(),
                recorded.GetProperty("changes").GetProperty(list).GetArrayLength());
        }

        var text = string.Concat(Directory.GetFiles(_folder.FullName).Select(File.ReadAllText));
        foreach (var secret in (string[])[
            account.FilterId, account.TargetId, account.SubnetId, account.Cloud.Options.AccountId, "secret-team", "ids-of-corp", "172.31."])
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_file_is_named_with_the_command_that_makes_it()
    {
        await using var account = await FurnishedAsync();
        await account.JsonAsync("record", _folder.FullName);
        File.Delete(Path.Combine(_folder.FullName, "describe-subnets.json"));
        await CliResult.JsonFromAsync(_folder.FullName, "plan");
        File.Delete(Path.Combine(_folder.FullName, "describe-traffic-mirror-targets.json"));

        var result = await Programs.CliAsync(["plan", "--from", _folder.FullName], CliResult.Nowhere);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("aws ec2 describe-traffic-mirror-targets >", result.Error, StringComparison.Ordinal);
    }

    [NeedsToolFact("aws", "bash")]
    public async Task A_recording_made_with_the_aws_CLI_alone_works_too()
    {
        await using var account = await FurnishedAsync();
        var script = File.ReadAllText(Repository.PathOf("src", "AutoMirror.Cli", "README.md")).Split("```bash")[1].Split("```")[0];

        var made = await Tool.RunAsync(
            "bash", ["-euo", "pipefail", "-c", $"cd {_folder.FullName}\n{script}"], account.Environment);

        Assert.True(made.ExitCode == 0, made.Error);
        var (live, recorded) = (await account.JsonAsync("plan"), await CliResult.JsonFromAsync(Path.Combine(_folder.FullName, "recorded"),
            "plan"));
        Assert.All(Compared, field => Assert.Equal(live.GetProperty(field).GetRawText(), recorded.GetProperty(field).GetRawText()));
    }

    private static async Task<EmulatedAccount> FurnishedAsync()
    {
        var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync(interfaces: 2);
        await account.LaunchAsync(tag: "ids-of-corp");
        await account.LaunchAsync("t2.micro");
        var excluded = await account.LaunchAsync();
        await account.Ec2.CreateTagsAsync(new([excluded.InstanceId], [new("team", "secret-team"), new("Name", "corp-db")]));
        await account.PutAsync("targets/ids-of-corp", await account.NewLoadBalancerTargetAsync("corp-sensor"));
        await account.CliAsync("sync");
        await account.LaunchAsync();
        return account;
    }
}

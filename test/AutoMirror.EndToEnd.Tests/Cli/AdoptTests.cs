using System.Text.RegularExpressions;
using Amazon.EC2.Model;
using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>adopt</c>: moving here from a script, without a session made or deleted.</summary>
public sealed class AdoptTests
{
    [Fact]
    public async Task What_a_script_mirrored_is_taken_over_in_place()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (one, other) = (await account.LaunchAsync(), await account.LaunchAsync());
        var before = new[] { await MirrorAsync(account, one), await MirrorAsync(account, other) };
        account.Cloud.Requests.Clear();

        var shown = await account.JsonAsync("adopt", "--tag", "CreatedBy=script");
        Assert.Equal(2, shown.GetProperty("adopted").GetArrayLength());
        Assert.DoesNotContain(account.CallsOfFunction(), call => call is "CreateTags" or "ModifyTrafficMirrorSession");

        var done = await account.JsonAsync("adopt", "--description", "mirror of i-*", "--target", account.TargetId, "--yes");
        Assert.Equal((0, 0, 0), (Next(done, "create"), Next(done, "modify"), Next(done, "delete")));
        await account.CliAsync("sync");

        Assert.DoesNotContain(
            account.CallsOfFunction(), call => call is "CreateTrafficMirrorSession" or "DeleteTrafficMirrorSession");
        var after = await account.SessionsAsync();
        Assert.Equal(before.Order(), after.Select(session => session.TrafficMirrorSessionId).Order());
        Assert.All(after, session =>
        {
            Assert.StartsWith("automirror/automirror/i-", session.Description, StringComparison.Ordinal);
            Assert.Contains(session.Tags, tag => tag is { Key: "automirror:managed-by", Value: "automirror" });
            Assert.Contains(session.Tags, tag => tag is { Key: "CreatedBy", Value: "script" });
        });
        Assert.Equal(100, (await account.JsonAsync("status")).GetProperty("percent").GetDouble());
    }

    [Fact]
    public async Task What_a_sync_would_delete_or_send_elsewhere_is_left_and_says_why()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var optedOut = await MirrorAsync(account, await account.LaunchAsync(tag: "false"));
        var elsewhere = await account.NewForeignSessionAsync((await account.LaunchAsync()).NetworkInterfaces[0].NetworkInterfaceId, 3);

        var document = await account.JsonAsync("adopt", "--filter", account.FilterId, "--yes");

        Assert.Empty(document.GetProperty("adopted").EnumerateArray());
        Assert.Equal(
            new[] { optedOut, elsewhere.TrafficMirrorSessionId }.Order(),
                document.GetProperty("skipped").Texts("trafficMirrorSessionId").Order());
        Assert.All(document.GetProperty("skipped").Texts("why"), why => Assert.NotEmpty(why!));
        Assert.All(await account.SessionsAsync(), session =>
            Assert.DoesNotContain(session.Tags ?? [], tag => tag.Key == "automirror:managed-by"));
    }

    [Fact]
    public async Task Nothing_named_takes_over_nothing()
    {
        var result = await Programs.CliAsync(["adopt", "--yes"], CliResult.Nowhere);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
    }

    /// <summary>Sessions as scripts of the field make them are chosen by the page's command for it, and no others.</summary>
    [Theory]
    [InlineData("traffic_mirroring_lambda", "Vectra Sensor Mirror Session", 1)]
    [InlineData("AWS-Traffic-Mirroring-Session-Manager", "Vectra EC2 ", 1)]
    [InlineData("AWS-AutoMirror", "Created by AutoMirror", 1)]
    [InlineData("aws-vpc-traffic-mirroring-source-automation", null, 100)]
    public async Task The_page_has_the_command_for_a_script(string script, string? description, int number)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var made = await MirrorAsync(account, await account.LaunchAsync(), description, number);
        await account.NewForeignSessionAsync((await account.LaunchAsync()).NetworkInterfaces[0].NetworkInterfaceId, 3);
        var row = File.ReadLines(Repository.PathOf("src", "AutoMirror.Cli", "README.md"))
            .Single(line => line.Contains($"/{script})", StringComparison.Ordinal));
        var arguments = Regex.Match(row, "`automirror adopt (--\\w+) \"?(.*?)\"?`");

        var shown = await account.JsonAsync(
            "adopt", arguments.Groups[1].Value,
            arguments.Groups[2].Value.Replace("tmt-0123456789abcdef0", account.TargetId, StringComparison.Ordinal));

        Assert.Equal([made], shown.GetProperty("adopted").Texts("trafficMirrorSessionId"));
    }

    private static int Next(System.Text.Json.JsonElement document, string kind) =>
        document.GetProperty("next").GetProperty(kind).GetInt32();

    private static Task<string> MirrorAsync(EmulatedAccount account, Instance instance) =>
        MirrorAsync(account, instance, $"mirror of {instance.InstanceId}", number: 1, new Tag("CreatedBy", "script"));

    private static async Task<string> MirrorAsync(
        EmulatedAccount account, Instance instance, string? description, int number, params List<Tag> tags) =>
        (await account.Ec2.CreateTrafficMirrorSessionAsync(new()
        {
            NetworkInterfaceId = instance.NetworkInterfaces[0].NetworkInterfaceId, TrafficMirrorTargetId = account.TargetId,
            TrafficMirrorFilterId = account.FilterId, SessionNumber = number, Description = description,
            TagSpecifications = tags.Count == 0 ? null : [new() { ResourceType = "traffic-mirror-session", Tags = tags }],
        })).TrafficMirrorSession.TrafficMirrorSessionId;
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>
/// Each version goes on from what another one left: sessions, their tags, the parameters. <c>AUTOMIRROR_EARLIER</c> names the tool of the
/// version before: the program of a release, or the <c>automirror.dll</c> of a build.
/// </summary>
public sealed class FromVersionToVersionTests
{
    /// <summary>The last commit before the policy got the fields that the upgrade page lists.</summary>
    private const string Earlier = "c0de4da";

    [NeedsEarlierToolFact]
    public async Task This_version_changes_nothing_that_the_one_before_left()
    {
        await using var account = await FurnishedAsync();
        Assert.Equal(3, Created(await EarlierAsync(account)));

        Assert.Equal((0, 0, 0), Changes(await ThisAsync(account)));
        await AssertLifeGoesOnAsync(account, ThisAsync);
    }

    [NeedsEarlierToolFact]
    public async Task The_one_before_changes_nothing_that_this_version_left()
    {
        await using var account = await FurnishedAsync();
        Assert.Equal(3, Created(await ThisAsync(account)));

        Assert.Equal((0, 0, 0), Changes(await EarlierAsync(account)));
        await AssertLifeGoesOnAsync(account, EarlierAsync);
    }

    /// <summary>A policy of this version stops the one before, which says what it does not know: the upgrade page's reason.</summary>
    [NeedsEarlierToolFact]
    public async Task A_field_that_the_one_before_does_not_know_stops_it_and_is_named()
    {
        await using var account = await FurnishedAsync();
        await account.PutAsync("policy", """{"sessionTags":{"cost-centre":"4711"}}""");
        Assert.Equal(3, Created(await ThisAsync(account)));

        var stopped = await RunEarlierAsync(account);

        Assert.NotEqual(0, stopped.ExitCode);
        Assert.Contains("sessionTags", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await account.SessionsAsync()).Count);
    }

    /// <summary>What the page says has to go before a roll-back is what the older schema lacks.</summary>
    [NeedsCommitFact(Earlier)]
    public async Task The_upgrade_page_lists_every_field_that_is_new()
    {
        var older = await Tool.RunAsync("git", ["show", $"{Earlier}:src/AutoMirror.Core/Policies/policy.schema.json"]);
        var newer = await File.ReadAllTextAsync(Repository.PathOf("src", "AutoMirror.Core", "Policies", "policy.schema.json"));
        var known = Fields(JsonNode.Parse(older.Output)!, "").ToHashSet();
        var added = Fields(JsonNode.Parse(newer)!, "").Where(field => !known.Contains(field)).ToList();
        var row = (await File.ReadAllLinesAsync(Repository.PathOf("infra", "upgrade.md")))
            .Single(line => line.StartsWith("| the first release |", StringComparison.Ordinal));

        Assert.Equal(
            added.Where(field => !added.Any(other => field.StartsWith($"{other}.", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
            Regex.Matches(row, "`([^`]+)`").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Fields(JsonNode schema, string above) =>
        (schema["properties"]?.AsObject() ?? []).SelectMany(
            field => Fields(field.Value!, $"{above}{field.Key}.").Prepend(above + field.Key));

    /// <summary>An account with the sessions of three interfaces to make, and one that has opted out.</summary>
    private static async Task<EmulatedAccount> FurnishedAsync()
    {
        var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync(interfaces: 2);
        await account.LaunchAsync();
        return account;
    }

    private static async Task AssertLifeGoesOnAsync(EmulatedAccount account, Func<EmulatedAccount, Task<JsonNode>> run)
    {
        var instance = (await account.SessionsAsync())[0].NetworkInterfaceId;
        await account.LaunchAsync();
        Assert.Equal((1, 0, 0), Changes(await run(account)));
        await account.Ec2.DeleteTrafficMirrorSessionAsync(new()
        {
            TrafficMirrorSessionId = (await account.SessionsAsync()).First(each => each.NetworkInterfaceId == instance)
                .TrafficMirrorSessionId,
        });
        Assert.Equal((1, 0, 0), Changes(await run(account)));
    }

    private static async Task<JsonNode> ThisAsync(EmulatedAccount account) =>
        Answer(await Programs.CliAsync(["invoke", "-"], account.Environment, "{}"));

    private static async Task<JsonNode> EarlierAsync(EmulatedAccount account) => Answer(await RunEarlierAsync(account));

    private static Task<ToolResult> RunEarlierAsync(EmulatedAccount account)
    {
        var tool = NeedsEarlierToolFactAttribute.Tool!;
        return tool.EndsWith(".dll", StringComparison.Ordinal)
            ? Tool.RunAsync("dotnet", [tool, "invoke", "-"], account.Environment, "{}")
            : Tool.RunAsync(tool, ["invoke", "-"], account.Environment, "{}");
    }

    private static JsonNode Answer(ToolResult result)
    {
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return JsonNode.Parse(result.Output)!;
    }

    private static int Created(JsonNode report) => Changes(report).Created;

    private static (int Created, int Modified, int Deleted) Changes(JsonNode report)
    {
        int Count(string kind) => report["changes"]![kind]!.AsArray().Count;
        return (Count("created"), Count("modified"), Count("deleted"));
    }
}

/// <summary>A test that runs an earlier version's tool, which no test builds or fetches: it has to be there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsEarlierToolFactAttribute : FactAttribute
{
    public NeedsEarlierToolFactAttribute() => Skip = Tool is null
        ? "SKIPPED, not passed: AUTOMIRROR_EARLIER names no tool of the version before."
        : null;

    /// <summary>The program; null where none is named.</summary>
    public static string? Tool { get; } =
        Environment.GetEnvironmentVariable("AUTOMIRROR_EARLIER") is { Length: > 0 } tool ? tool : null;
}

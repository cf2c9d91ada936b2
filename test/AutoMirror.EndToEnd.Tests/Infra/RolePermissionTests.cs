using System.Text.Json.Nodes;
using AutoMirror.Emulator;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>A day on which the function needs every permission of its role, with IAM enforced.</summary>
public sealed class RolePermissionTests
{
    private const string AllLevels = """
        "tagLevels":["interface","instance","subnet","vpc"],"sensorTags":true,"guardDuty":{"severity":5,"hours":1},
        "sessionTags":{"cost-centre":"4711"}
        """;

    /// <summary>Targets that other accounts share are the one thing that the emulated account has not.</summary>
    private static readonly string[] NotNeeded =
        ["ToSharedSensors ec2:CreateTrafficMirrorSession", "ToSharedSensors ec2:ModifyTrafficMirrorSession"];

    [NeedsDeploymentFact]
    public async Task No_permission_is_refused_and_none_could_be_taken_away()
    {
        await using var account = await RoleAccount.StartAsync();

        account.Put("policy", PolicyOf(account));
        await SessionsComeAndGoAsync(account);
        await DriftIsRepairedAsync(account);
        await SettingsAreUndoneAsync(account);
        await AFindingIsMirroredAndBecomesLastingAsync(account);
        await WhatIsLeftIsHandedOnAsync(account);
        await WhatFailsIsKeptAsync(account);

        var decisions = account.Cloud.Iam.Decisions;
        Assert.Empty(decisions.Where(decision => !decision.IsAllowed).Select(decision => $"{decision.Action} {decision.Resource}")
            .Distinct());
        // Without a permission, each call that only its statement allows would be refused.
        var needed = decisions.Where(decision => decision.AllowedBy.Count == 1)
            .Select(decision => $"{decision.AllowedBy[0]} {decision.Action}");
        var granted = IamStatement.Read(JsonNode.Parse(account.Policy)!)
            .SelectMany(statement => statement.Actions.Select(action => $"{statement.Sid} {action}"));
        Assert.Equal(NotNeeded, granted.Except(needed).Order(StringComparer.Ordinal));
    }

    /// <summary>To each kind of target that the role permits, from one to another, and away.</summary>
    private static async Task SessionsComeAndGoAsync(RoleAccount account)
    {
        // Which of two equal targets a source goes to follows from its id: as many as it takes until both have one.
        List<string> instances = [];
        while (!Has(account.Default) || !Has(account.Made))
        {
            Assert.InRange(instances.Count, 0, 20);
            instances.Add(await LaunchedAsync("true"));
        }

        Assert.Equal(account.Other, account.SessionOf(await LaunchedAsync("forensics"))!.TargetId);
        Assert.Equal(account.Tagged, account.SessionOf(await LaunchedAsync("lab"))!.TargetId);

        // Two that go and come back, so that a session is redirected to each target.
        await RedirectAsync(account, On(account.Default), "forensics", account.Other);
        await RedirectAsync(account, On(account.Other), "true", account.Default);
        await RedirectAsync(account, On(account.Made), "lab", account.Tagged);
        await RedirectAsync(account, On(account.Tagged), "true", account.Made);
        account.Tag(instances[0], "Mirror", "no");
        await account.UntilAsync("the session is gone", () => account.SessionOf(instances[0]) is null);

        bool Has(string target) => instances.Exists(each => account.SessionOf(each)?.TargetId == target);
        string On(string target) => instances.First(each => account.SessionOf(each)?.TargetId == target);
        async Task<string> LaunchedAsync(string tag)
        {
            var instance = account.Launch(tag);
            await account.UntilAsync($"{tag} has its session", () => account.SessionOf(instance) is not null);
            return instance;
        }
    }

    private static async Task RedirectAsync(RoleAccount account, string instance, string tag, string target)
    {
        account.Tag(instance, "Mirror", tag);
        await account.UntilAsync($"the session of {instance} goes to {tag}", () => account.SessionOf(instance)?.TargetId == target);
    }

    private static string PolicyOf(RoleAccount account, string more = "") =>
        $"{{{AllLevels}{more},\"sensors\":{{\"forensics\":{{\"filter\":\"{account.SensorFilter}\"}}}}}}";

    /// <summary>What the policy set on sessions is marked, and undone when it asks for it no more.</summary>
    private static async Task SettingsAreUndoneAsync(RoleAccount account)
    {
        var instance = account.Launch("true");
        account.Put("policy", PolicyOf(account, ",\"packetLength\":1500"));
        await account.UntilAsync("packets are cut", () => account.SessionOf(instance) is { PacketLength: 1500 } session
            && session.Tags.GetValueOrDefault("automirror:set") == "packet-length");

        account.Put("policy", PolicyOf(account));
        await account.UntilAsync("they are whole, and the mark is gone",
            () => account.SessionOf(instance) is { PacketLength: not 1500 } session
            && !session.Tags.ContainsKey("automirror:set"));
    }

    /// <summary>Somebody changed a filter and took a tag away, by hand.</summary>
    private static async Task DriftIsRepairedAsync(RoleAccount account)
    {
        var instance = account.Launch("true");
        await account.UntilAsync("it has its session", () => account.SessionOf(instance) is not null);
        var session = account.SessionOf(instance)!;
        account.Cloud.Ec2.Sessions.Modify(session.Id, new() { FilterId = account.SensorFilter });
        account.Cloud.Ec2.Tags.Delete([session.Id], [("automirror:sensor", null)]);

        await account.ResyncAsync();

        Assert.Equal((account.Filter, "default"),
            (account.SessionOf(instance)!.FilterId, account.SessionOf(instance)!.Tags["automirror:sensor"]));
    }

    private static async Task AFindingIsMirroredAndBecomesLastingAsync(RoleAccount account)
    {
        var instance = account.Launch("");
        account.Cloud.Ec2.Tags.Delete([instance], [("Mirror", null)]);
        var finding = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("infra", "events",
            "guardduty-finding.json")))!["detail"]!;
        finding["resource"]!["instanceDetails"]!["instanceId"] = instance;
        account.Cloud.Events.Emit("aws.guardduty", "GuardDuty Finding", finding.DeepClone().AsObject());
        await account.UntilAsync("the finding is mirrored",
            () => account.SessionOf(instance)?.Tags.ContainsKey("automirror:until") == true);

        account.Tag(instance, "Mirror", "true");
        await account.UntilAsync("the session stays", () => account.SessionOf(instance)?.Tags.ContainsKey("automirror:until") == false);
    }

    /// <summary>EC2 refuses creates for their rate until the invocation's time is over: the rest goes into the queue again.</summary>
    private static async Task WhatIsLeftIsHandedOnAsync(RoleAccount account)
    {
        account.Throttle("ec2:CreateTrafficMirrorSession");
        var instance = account.Launch("true");
        await account.UntilAsync("it is handed on", () => account.Cloud.Requests.Snapshot().Any(request =>
            request is { Service: "sqs", Action: "SendMessage", Outcome: LoggedRequest.Ok, AccessKeyId: not null }));
        account.Throttle(null);
        await account.UntilAsync("it has its session all the same", () => account.SessionOf(instance) is not null);
    }

    /// <summary>An event that fails whenever it is tried goes to the failure queue.</summary>
    private static async Task WhatFailsIsKeptAsync(RoleAccount account)
    {
        account.Function.Host.Enqueue("""{"dryrun":true}""");

        await account.UntilAsync("it is kept", () => account.Cloud.Sqs.Get("automirror-failures").Visible > 0);
    }
}

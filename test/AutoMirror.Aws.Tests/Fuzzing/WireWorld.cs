using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Ports;
using AutoMirror.Emulator;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>
/// An account in memory and in virtual time, in which everything is as the tags ask: sessions of ours, of another deployment and of
/// nobody's, instances that opt in, that opt out, that stand still, and a sensor with a choice of targets.
/// </summary>
internal sealed class WireWorld
{
    /// <summary>Every level's tags count, so that everything is read that can be read.</summary>
    public const string WidePolicy = """{"tagLevels":["interface","instance","subnet","vpc"],"standaloneInterfaces":true,"sensorTags":true}""";

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly string[] KnownErrors =
        [ErrorTypes.Denied, ErrorTypes.MalformedEvent, ErrorTypes.Misconfigured, ErrorTypes.Unfinished];

    private List<string> _first = [];

    private WireWorld(VirtualTime time, WireTap tap, EmulatedAccount account) => (Time, Tap, Account) = (time, tap, account);

    public VirtualTime Time { get; }

    public WireTap Tap { get; }

    public EmulatedAccount Account { get; }

    /// <summary>An instance that opts in and has two interfaces.</summary>
    public string InstanceId { get; private set; } = "";

    /// <summary>Which interfaces an id of this world means: an instance's, a session's, its own.</summary>
    public Dictionary<string, HashSet<string>> InterfacesOf { get; } = [];

    /// <summary>The sessions that are not as they were in the beginning, as they were and as
    /// they are, a line each: its id, its interface, and the rest.</summary>
    public IReadOnlyList<string> Changed()
    {
        var now = Sessions();
        return [.. _first.Except(now), .. now.Except(_first)];
    }

    public static WireWorld New(string policy = "{}")
    {
        var time = new VirtualTime(Start);
        var cloud = new Cloud(EmulatedAccount.AtOnce with { Time = time });
        var tap = new WireTap(cloud);
        var world = new WireWorld(time, tap, Done(EmulatedAccount.InMemoryAsync(cloud, tap)));
        Done(world.FurnishAsync(policy));
        return world;
    }

    /// <summary>One invocation of a process that has just started, to its end.</summary>
    public WireRun Run(string payload, IReadOnlyDictionary<string, string?>? variables = null)
    {
        using var function = new FunctionUnderTest(Account, Tap, variables, Time);
        Tap.Calls.Clear();
        var began = Time.GetUtcNow();
        var outcome = Done(function.InvokeAsync(payload), Time);
        Tap.Exchange = null;
        var run = new WireRun(outcome, [.. Tap.Calls], [.. Tap.Changes], function.Log);
        Assert.True(Time.GetUtcNow() - began <= TimeSpan.FromSeconds(60), $"it took {Time.GetUtcNow() - began}");
        if (outcome is InvocationOutcome.Answered { Json: var json })
            JsonDocument.Parse(json).Dispose();
        if (outcome is InvocationOutcome.Failed failed)
        {
            Assert.True(
                KnownErrors.Contains(failed.ErrorType, StringComparer.Ordinal) && failed.StackTrace.Count == 0,
                $"it failed with {failed.ErrorType}: {failed.Message} {string.Join('\n', failed.StackTrace.Take(9))}");
        }

        return run;
    }

    /// <summary>What a call comes to that only waits on virtual time.</summary>
    public static T Done<T>(Task<T> task, VirtualTime? time = null)
    {
        while (!task.IsCompleted)
            Assert.True(time?.Step() is true, "it waits for nothing");
        return task.GetAwaiter().GetResult();
    }

    public static void Done(Task task, VirtualTime? time = null) => Done(Void(task), time);

    private static async Task<bool> Void(Task task)
    {
        await task;
        return true;
    }

    private async Task FurnishAsync(string policy)
    {
        await Account.PutAsync("targets/default", $"{Account.TargetId},{await Account.NewLoadBalancerTargetAsync()}");
        await Account.PutAsync("targets/other", await Account.NewLoadBalancerTargetAsync("other"));
        await Account.PutAsync("policy", policy);
        var two = await Account.LaunchAsync(interfaces: 2);
        InstanceId = two.InstanceId;
        var one = await Account.LaunchAsync(tag: "YES");
        var named = await Account.LaunchAsync(tag: "other");
        var outside = await Account.LaunchAsync(tag: "false");
        var untagged = await Account.LaunchAsync(tag: null);
        var stopped = await Account.LaunchAsync();
        await Account.Ec2.StopInstancesAsync(new StopInstancesRequest([stopped.InstanceId]));
        var foreign = await Account.NewForeignSessionAsync(outside.NetworkInterfaces[0].NetworkInterfaceId, 1);
        await Account.NewForeignSessionAsync(one.NetworkInterfaces[0].NetworkInterfaceId, 7);
        await Account.NewForeignSessionAsync(untagged.NetworkInterfaces[0].NetworkInterfaceId, 3);
        await Account.Ec2.CreateTagsAsync(
            new CreateTagsRequest(
                [foreign.TrafficMirrorSessionId], [new Tag("automirror:managed-by", "another"), new Tag("Name", "not ours")]));

        Assert.Equal(
            4,
            JsonDocument.Parse(Assert.IsType<InvocationOutcome.Answered>(Run("{}").Outcome).Json).RootElement.GetProperty("counts")
                .GetProperty("mirrored").GetInt32());
        Assert.Empty(Run("{}").Changes);
        foreach (var instance in (Instance[])[two, one, named, outside, untagged, stopped])
            InterfacesOf[instance.InstanceId] = [.. instance.NetworkInterfaces.Select(each => each.NetworkInterfaceId)];
        foreach (var each in InterfacesOf.Values.SelectMany(ids => ids).ToList())
            InterfacesOf[each] = [each];
        foreach (var session in await Account.SessionsAsync())
            InterfacesOf[session.TrafficMirrorSessionId] = [session.NetworkInterfaceId];
        _first = Sessions();
    }

    private List<string> Sessions() => [.. Done(Account.SessionsAsync()).Select(Line)];

    private static string Line(TrafficMirrorSession session) =>
        $"{session.TrafficMirrorSessionId} {session.NetworkInterfaceId} {session.TrafficMirrorTargetId} {session.TrafficMirrorFilterId} "
            + $"{session.SessionNumber} {session.PacketLength} "
        + $"{session.VirtualNetworkId} {session.Description} "
        + $"{string.Join(
            ',', (session.Tags ?? []).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}";
}

/// <summary>How an invocation went.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Calls">What it asked.</param>
/// <param name="Changes">The calls among these that change something.</param>
/// <param name="Log">Its lines.</param>
internal sealed record WireRun(
    InvocationOutcome Outcome, IReadOnlyList<WireCall> Calls, IReadOnlyList<WireCall> Changes, IReadOnlyList<JsonElement> Log);

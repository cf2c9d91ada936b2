using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Events;

namespace AutoMirror.Cli.Demo;

/// <summary>
/// The day that the demo plays: launches, duplicate and late events, packets, a sensor that stops, a stop, a termination, a session
/// deleted by hand.
/// </summary>
internal sealed class Day(EmulatorServer server, Account account, BootstrapProcess function, Talk talk, Screen screen)
{
    private const string StateChangePattern = """{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":["pending","running","stopped","terminated"]}}""";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private HashSet<string> _shown = [];

    /// <summary>Plays it, and returns the report of the last full sync.</summary>
    public async Task<JsonDocument> PlayAsync(CancellationToken cancellationToken)
    {
        screen.Part("The sensor, and what its vendor's guide sets up");
        var sensor = await account.LaunchAsync("sensor", "c5.xlarge", "true", interfaces: 2, cancellationToken);
        var target = await account.SetUpMirroringAsync(sensor, cancellationToken);
        server.Cloud.Events.Subscribe("automirror-state-changes", StateChangePattern);
        screen.Step($"sensor {sensor.InstanceId} is launched; filter, target {target}, parameters and the EventBridge rule are made");

        screen.Part("Workloads are launched");
        var web = await LaunchAsync("web", "m5.large", "true", 1, cancellationToken);
        var database = await LaunchAsync("database", "r5.xlarge", "yes", 2, cancellationToken);
        var batch = await LaunchAsync("batch", "c5.large", "false", 1, cancellationToken);
        var plain = await LaunchAsync("untagged", "m5.large", null, 1, cancellationToken);
        var old = await LaunchAsync("old", "t2.micro", "true", 1, cancellationToken);
        await SettleAsync("running", [web, database, batch, plain, old], cancellationToken);
        await ShowChangesAsync(cancellationToken);

        screen.Part("Events come twice, and too late: EC2's present state decides");
        Redeliver(web, "running");
        Redeliver(web, "running");
        server.Cloud.Function.Enqueue(LateEventFor(database.InstanceId, "terminated"));
        screen.Step("web's running event is delivered twice more, and a terminated event of an hour ago for database, which runs");
        await server.Cloud.Function.WhenIdleAsync(cancellationToken);
        await ShowChangesAsync(cancellationToken);

        screen.Part("Packets flow; the sensor stops, and nothing comes; it starts, and they come again");
        await talk.PlayAsync(web, database, batch, Talk.All, cancellationToken);
        await account.StopAsync(sensor.InstanceId, cancellationToken);
        await SettleAsync("stopped", [sensor], cancellationToken);
        await talk.PlayAsync(web, database, batch, mirrored: 0, cancellationToken);
        await account.StartAsync(sensor.InstanceId, cancellationToken);
        await SettleAsync("running", [sensor], cancellationToken, times: 2);
        await talk.PlayAsync(web, database, batch, Talk.All, cancellationToken);
        await ShowChangesAsync(cancellationToken);

        screen.Part("One stops, and starts again; one is terminated");
        await account.StopAsync(web.InstanceId, cancellationToken);
        screen.Step("web is stopped");
        await SettleAsync("stopped", [web], cancellationToken);
        await ShowChangesAsync(cancellationToken);
        await account.StartAsync(web.InstanceId, cancellationToken);
        screen.Step("web is started");
        await SettleAsync("running", [web], cancellationToken, times: 2);
        await ShowChangesAsync(cancellationToken);
        await account.TerminateAsync(database.InstanceId, cancellationToken);
        screen.Step("database is terminated");
        await SettleAsync("terminated", [database], cancellationToken);
        await ShowChangesAsync(cancellationToken);

        screen.Part("Somebody deletes a session by hand, and somebody else asks for a full sync by hand");
        if (await account.SessionsAsync(cancellationToken) is not [var session, ..])
            throw new CommandException($"web runs again and has no session. {LastLines}");
        await account.DeleteSessionAsync(session.TrafficMirrorSessionId, cancellationToken);
        screen.Step("a session is deleted by hand");
        await ShowChangesAsync(cancellationToken);
        await ResyncAsync(cancellationToken);
        await ShowChangesAsync(cancellationToken);
        return JsonDocument.Parse(await ResyncAsync(cancellationToken));
    }

    private async Task<Instance> LaunchAsync(
        string name, string instanceType, string? tag, int interfaces, CancellationToken cancellationToken)
    {
        var instance = await account.LaunchAsync(name, instanceType, tag, interfaces, cancellationToken);
        screen.Step(
            $"{name} {instance.InstanceId} is launched: {instanceType}, {(tag is null ? "no tag" : $"Mirror={tag}")}"
                + $"{(interfaces > 1 ? $", {interfaces} interfaces" : "")}");
        return instance;
    }

    /// <summary>Waits until EC2 has announced the state, and the function has answered everything.</summary>
    private async Task SettleAsync(string state, IReadOnlyList<Instance> instances, CancellationToken cancellationToken, int times = 1)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!instances.All(instance => EventsOf(instance.InstanceId, state).Count >= times))
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > Patience)
                throw new CommandException($"the instances did not become {state} within {Patience.TotalSeconds} s.");
            await Task.Delay(Glance, cancellationToken);
        }

        await Task.WhenAny(server.Cloud.Function.WhenIdleAsync(cancellationToken), function.Ended).Unwrap();
        if (function.Ended.IsCompleted)
            throw new CommandException($"the function's process ended. {LastLines}");
        screen.Step($"{string.Join(", ", instances.Select(instance => account.Names[instance.InstanceId]))}: {state}");
    }

    private string LastLines => $"The function's last lines:\n{string.Join('\n', function.Lines.TakeLast(5))}";

    private IReadOnlyList<CloudEvent> EventsOf(string instanceId, string state) =>
        [.. server.Cloud.Events.History.Where(each => $"{each.Detail["instance-id"]}" == instanceId && $"{each.Detail["state"]}" == state)];

    private void Redeliver(Instance instance, string state) => server.Cloud.Function.Enqueue(EventsOf(instance.InstanceId, state)[^1].Json);

    /// <summary>An event that comes an hour late. A young one would be a witness, and be asked after.</summary>
    private string LateEventFor(string instanceId, string state)
    {
        var late = JsonNode.Parse(EventsOf(instanceId, "running")[^1].Json)!;
        late["time"] = (DateTime.UtcNow - TimeSpan.FromHours(1)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        late["detail"]!["state"] = state;
        return late.ToJsonString();
    }

    private async Task<string> ResyncAsync(CancellationToken cancellationToken)
    {
        var result = await server.Cloud.Function.InvokeAsync("""{"action":"resync"}""").WaitAsync(Patience, cancellationToken);
        screen.Step("the function is invoked with {\"action\":\"resync\"}");
        return result.IsError ? throw new CommandException($"the function failed: {result.Payload}") : result.Payload;
    }

    private async Task ShowChangesAsync(CancellationToken cancellationToken)
    {
        var sessions = await account.SessionsAsync(cancellationToken);
        foreach (var session in sessions.Where(session => !_shown.Contains(session.TrafficMirrorSessionId)))
        {
            screen.Step(
                $"  + {session.TrafficMirrorSessionId}: {session.NetworkInterfaceId} ({NameOf(session)}) → "
                    + $"{session.TrafficMirrorTargetId}, number {session.SessionNumber}, VNI {session.VirtualNetworkId}");
        }

        foreach (var gone in _shown.Where(id => sessions.All(session => session.TrafficMirrorSessionId != id)))
            screen.Step($"  - {gone}");
        if (_shown.SetEquals(sessions.Select(session => session.TrafficMirrorSessionId)))
            screen.Step("  nothing changes");
        _shown = [.. sessions.Select(session => session.TrafficMirrorSessionId)];
    }

    private string NameOf(TrafficMirrorSession session) =>
        session.Tags?.Find(tag => tag.Key == "automirror:instance-id") is { Value: var id } && account.Names.TryGetValue(id, out var name)
            ? name
            : "?";
}

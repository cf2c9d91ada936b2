using AutoMirror.Emulator.Ec2.Mirroring;

namespace AutoMirror.Simulation.Checks;

/// <summary>Liveness: once nothing goes wrong any more, the sessions are what the tags ask for.</summary>
internal static class Rest
{
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    /// <summary>Everything that is not as it should be.</summary>
    /// <param name="history">The history.</param>
    /// <param name="found">An instance that a finding has just been told of.</param>
    public static IEnumerable<string> Wrong(History history, string? found = null) =>
        history.Cloud.Ec2.NetworkInterfaces.Table.Current.Values.SelectMany(
            networkInterface => Wrong(history, history.FactsOf(networkInterface), found));

    private static IEnumerable<string> Wrong(History history, Facts facts, string? foundNow)
    {
        var (networkInterface, now) = (facts.Interface, history.Chronicle.Current);
        var sessions = history.Cloud.Ec2.Sessions.Table.Where("network-interface-id", networkInterface.Id);
        var (owned, foreign) = (sessions.FindAll(now.Owns), sessions.FindAll(session => !now.Owns(session)));

        switch (Expectation(history, facts, foundNow))
        {
            case Demand.Remove when owned.Count > 0:
                return [$"{networkInterface.Id} shall not be mirrored, and has {Watch.Told(owned[0])}"];
            case Demand.Mirror when owned.Count > 1:
                return [$"{networkInterface.Id} has {owned.Count} sessions of ours"];
            case Demand.Mirror { Sensor: var sensor } when owned.Count == 0:
                var isPossible = CanBeSource(history, facts) && foreign.Count < 3 && HasRoom(history, now, sensor);
                return isPossible ? [$"{networkInterface.Id} shall be mirrored to {sensor}, and is not"] : [];
            case Demand.Mirror { Sensor: var sensor }:
                return Wrong(history, facts, now, sensor, owned[0], foreign);
            default:
                return [];
        }
    }

    /// <summary>What is to be of an interface, the ends of what findings asked for included; null while that changes.</summary>
    public static Demand? Expectation(History history, Facts facts, string? foundNow)
    {
        var now = history.Chronicle.Current;
        var owned = history.Cloud.Ec2.Sessions.Table.Where("network-interface-id", facts.Interface.Id).FindAll(now.Owns);

        // What ends about now may have ended since the sweep looked at it.
        if (owned.Exists(session => Watch.Until(session) is { } until && (until - history.Clock.Now).Duration() < JustNow))
            return null;
        var isFound = (foundNow is not null && facts.Instance?.Id == foundNow)
            || owned.Exists(session => Watch.Until(session) > history.Clock.Now);
        return Oracle.Of(facts, now, isFound ? Found.Now : Found.Never);
    }

    private static IEnumerable<string> Wrong(
        History history, Facts facts, Circumstances now, string sensor, TrafficMirrorSession session, List<TrafficMirrorSession> foreign)
    {
        var setting = now.Setting;
        var told = Watch.Told(session);
        var stays = !now.PoolOf(sensor).Contains(session.TargetId);
        if (stays && HasRoom(history, now, sensor))
            yield return $"{told} shall go to {sensor}";
        if (now.DeadTargets.Contains(session.TargetId) && now.OpenPoolOf(sensor).Any(target => !now.DeadTargets.Contains(target))
            && HasRoom(history, now, sensor))
        {
            yield return $"{told} is mirrored to a sensor that does not live, and shall go to one that does";
        }

        if (setting.Findings is { } rule && Watch.Until(session) is { } until && until > history.Clock.Now + TimeSpan.FromHours(rule.Hours))
            yield return $"{told} ends at {until:u}, and the rule permits {rule.Hours} hours from now";
        if (session.FilterId != setting.FilterId)
            yield return $"{told} has the filter {session.FilterId} instead of {setting.FilterId}";
        if (foreign.TrueForAll(other => other.SessionNumber != setting.SessionNumber) && session.SessionNumber != setting.SessionNumber)
            yield return $"{told} shall have the number {setting.SessionNumber}";
        var isLoadBalancer = history.Cloud.Ec2.Targets.Table.Find(session.TargetId)?.NetworkLoadBalancerArn is not null;
        if (setting.PacketLength is { } length
            ? session.PacketLength != length
            : session.PacketLength is not null && !(isLoadBalancer && session.PacketLength == 8500))
        {
            yield return $"{told} has the packet length {session.PacketLength} instead of {setting.PacketLength}";
        }

        if (setting.VirtualNetworkId is null
            && session.Tags.GetValueOrDefault("automirror:set")?.Contains("virtual", StringComparison.Ordinal) == true)
        {
            yield return $"{told} keeps a network identifier that is no longer set";
        }

        if (setting.VirtualNetworkId is { } vni && session.VirtualNetworkId != vni)
            yield return $"{told} has the network identifier {session.VirtualNetworkId} instead of {vni}";
        if (session.Description != $"automirror/automirror/{facts.Instance!.Id}")
            yield return $"{told} has the description {session.Description}";
        if (session.Tags.GetValueOrDefault("automirror:instance-id") != facts.Instance.Id
            || session.Tags.GetValueOrDefault("Name") != $"automirror {facts.Instance.Id}")
        {
            yield return $"{told} has the tags {string.Join(", ", session.Tags)}";
        }

        if (!stays && session.Tags.GetValueOrDefault("automirror:sensor") != sensor)
            yield return $"{told} is tagged for {session.Tags.GetValueOrDefault("automirror:sensor")} instead of {sensor}";
    }

    /// <summary>Whether EC2 takes an interface as a source.</summary>
    public static bool CanBeSource(History history, Facts facts) =>
        history.Cloud.Options.CanBeMirrored(facts.Instance!.Type) && facts.Interface.PrivateIpAddress is not null
            && facts.Interface.InterfaceType == "interface";

    /// <summary>Whether any target of a sensor takes one more source, by EC2's own count. (A source that is on a
    /// full target by somebody else's session would fit too; nobody has to try.)</summary>
    public static bool HasRoom(History history, Circumstances now, string sensor) =>
        now.OpenPoolOf(sensor).Any(id =>
        {
            var sources = history.Cloud.Ec2.Sessions.Table.Where("traffic-mirror-target-id", id)
                .Select(session => session.NetworkInterfaceId).ToHashSet();
            return sources.Count < history.Cloud.Ec2.Targets.CapacityOf(history.Cloud.Ec2.Targets.Get(id));
        });
}

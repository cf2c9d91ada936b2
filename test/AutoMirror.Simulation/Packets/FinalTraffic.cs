using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Packets;
using AutoMirror.Simulation.Checks;

namespace AutoMirror.Simulation.Packets;

/// <summary>
/// Liveness, looked at from the sensors: at the end of a history packets flow. Every packet of an interface that is to be mirrored
/// reaches its sensor exactly once, unless a foreign session with a lower number takes it; none of another interface does.
/// </summary>
/// <remarks>
/// It knows what the filters were made for, and asks the data plane alone what becomes of a packet: sessions, numbers, filters' rules and
/// targets count as far as packets meet them.
/// </remarks>
internal static class FinalTraffic
{
    private const string Outside = "198.51.100.7";
    private const int Port = 443;

    /// <summary>An interface has at most three sessions.</summary>
    private const int Quota = 3;

    private static readonly string[] Directions = ["egress", "ingress"];

    /// <summary>Sends packets to and from every interface that has traffic, and says what did not go as it should.</summary>
    /// <param name="history">The history.</param>
    /// <param name="found">An instance that a finding has just been told of.</param>
    public static IEnumerable<string> Wrong(History history, string? found = null)
    {
        LetEverythingIn(history);
        return [.. history.Cloud.Ec2.NetworkInterfaces.Table.Current.Values.SelectMany(
            networkInterface => Wrong(history, history.FactsOf(networkInterface), found))];
    }

    private static IEnumerable<string> Wrong(History history, Facts facts, string? foundNow)
    {
        var hasTraffic = facts.Instance is { State: InstanceState.Pending or InstanceState.Running }
            && facts.Interface.PrivateIpAddress is not null;
        if (!hasTraffic || Rest.Expectation(history, facts, foundNow) is not { } demand)
            yield break;
        var now = history.Chronicle.Current;
        var sessions = history.Cloud.Ec2.Sessions.Table.Where("network-interface-id", facts.Interface.Id)
            .OrderBy(session => session.SessionNumber).ToList();
        foreach (var direction in Directions)
        {
            var (fate, deliveries) = Send(history, facts.Interface.Id, direction);
            var taker = sessions.Find(session => session.Id == fate.SessionId);
            var wrong = demand switch
            {
                Demand.Mirror { Sensor: var sensor } when CanBeMirrored(history, facts, now, sensor, sessions) =>
                    WhyNotToSensor(history, now, sensor, sessions, direction, taker, deliveries),
                Demand.Remove when taker is not null && now.Owns(taker) => $"is not to be mirrored, and {Watch.Told(taker)} took it",
                _ => null,
            };
            if (wrong is not null)
                yield return $"packets: {direction} of {facts.Interface.Id} {wrong} ({fate.Because})";
        }
    }

    private static bool CanBeMirrored(
        History history, Facts facts, Circumstances now, string sensor, List<TrafficMirrorSession> sessions) =>
        Rest.CanBeSource(history, facts)
            && (sessions.Exists(now.Owns) || (sessions.Count < Quota && Rest.HasRoom(history, now, sensor)));

    /// <summary>What is wrong with the way of a packet that is to be mirrored; null when nothing is.</summary>
    private static string? WhyNotToSensor(
        History history, Circumstances now, string sensor, List<TrafficMirrorSession> sessions, string direction,
        TrafficMirrorSession? taker, List<MirrorDelivery> deliveries)
    {
        var foreign = sessions.FindAll(session => !now.Owns(session));
        var own = sessions.Find(now.Owns);

        // Ours has the policy's number, or the one that it found where somebody else has that.
        var wanted = now.Setting.SessionNumber;
        var number = foreign.Exists(other => other.SessionNumber == wanted) ? own?.SessionNumber ?? wanted : wanted;
        var before = foreign.Find(other => other.SessionNumber < number && Accepts(history, other.FilterId, direction));
        if (before is not null)
            return taker?.Id == before.Id ? null : $"is for {Watch.Told(before)}, and went to {Told(taker)}";
        if (taker is null || !now.Owns(taker))
            return $"is for {sensor}, and went to {Told(taker)}";
        if (!now.PoolOf(sensor).Contains(taker.TargetId))
            return Rest.HasRoom(history, now, sensor) ? $"is for {sensor}, and went to {taker.TargetId}" : null;
        var isOnce = deliveries is [{ Count: 1 } only] && only.TargetId == taker.TargetId;
        return isOnce || now.DeadTargets.Contains(taker.TargetId)
            ? null
            : $"is for {sensor} once, and reached it {deliveries.Sum(each => each.Count)} times";
    }

    private static (PacketFate Fate, List<MirrorDelivery> Deliveries) Send(History history, string networkInterfaceId, string direction)
    {
        List<MirrorDelivery> deliveries = [];
        void Keep(MirrorDelivery delivery) => deliveries.Add(delivery);
        var isEgress = direction == "egress";
        var packets = history.Cloud.Packets;
        packets.Delivered += Keep;
        var fates = packets.Send(new PacketRequest
        {
            From = isEgress ? networkInterfaceId : Outside, To = isEgress ? Outside : networkInterfaceId, DestinationPort = Port,
        });
        packets.Delivered -= Keep;
        history.Statistics.Packets++;
        return (fates.Single(), deliveries);
    }

    /// <summary>What the filters were made for, by the account's own plan: what became of their rules, the data plane shows.</summary>
    private static bool Accepts(History history, string filterId, string direction) =>
        filterId != history.Account.ForeignFilter || direction == "ingress";

    /// <summary>Whatever the security groups would keep out: mirroring begins behind them.</summary>
    private static void LetEverythingIn(History history)
    {
        var groups = history.Cloud.Ec2.SecurityGroups;
        var closed = groups.Table.Current.Values.Where(each => !each.Ingress.Any(rule => rule.CidrIp == "0.0.0.0/0")).ToList();
        foreach (var group in closed)
            groups.Authorize(group.Id, [new("-1", null, null, "0.0.0.0/0")]);
    }

    private static string Told(TrafficMirrorSession? session) => session is null ? "no session" : Watch.Told(session);
}

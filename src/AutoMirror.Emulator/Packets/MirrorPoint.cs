using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Paths;
using AutoMirror.Emulator.Packets.Rules;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>
/// Mirroring at an interface. "Traffic mirror sessions are evaluated based on the ascending session number. Each packet is mirrored
/// once": the first session whose filter accepts it takes it, and keeps it even where its copies get nowhere.
/// </summary>
internal sealed class MirrorPoint(Cloud cloud, MirrorPaths paths)
{
    private readonly CopyFrames _frames = new(cloud.Ec2);

    /// <summary>What becomes of packets that pass an interface. The fates add up to the count.</summary>
    public IReadOnlyList<PacketFate> Mirror(Passing passing, PacketBudgets budgets, Action<MirrorDelivery> deliver)
    {
        var sessions = cloud.Ec2.Sessions.Table.Where("network-interface-id", passing.At.Id).OrderBy(each => each.SessionNumber).ToList();
        if (sessions.Count == 0)
            return [passing.Fate(PacketFateKind.NoSession, "the interface has no mirror session")];
        if (AmazonServices.NeverMirrored(passing.Packet) is { } kind)
            return [passing.Fate(PacketFateKind.NeverMirrored, $"Traffic Mirroring can't mirror {kind}")];
        if (TypeThatIsNoSource(passing.At) is { } type)
            return [passing.Fate(PacketFateKind.NotASource, $"{type} is not supported as a traffic mirror source")];
        var isDns = AmazonServices.IsDns(passing.Packet, cloud.Ec2.Networks.GetVpc(passing.At.VpcId));
        List<string> refusals = [];
        foreach (var session in sessions)
        {
            var decision = FilterDecision.Of(cloud.Ec2, session.FilterId, passing.Direction, passing.Packet, isDns);
            if (decision.IsAccepted)
                return [.. Copy(passing, session, decision, budgets, deliver).Where(fate => fate.Count > 0)];
            refusals.Add(decision.Why);
        }

        return [passing.Fate(PacketFateKind.NotAccepted, string.Join("; ", refusals))];
    }

    private IEnumerable<PacketFate> Copy(
        Passing passing, TrafficMirrorSession session, FilterDecision decision, PacketBudgets budgets, Action<MirrorDelivery> deliver)
    {
        var sourcePort = Vxlan.SourcePort(passing.Packet);
        var path = paths.Find(cloud.Ec2.Targets.Get(session.TargetId), passing.At, sourcePort);
        var frame = passing.Frame.Bytes;
        var length = _frames.LengthOf(frame.Length, passing.Packet.IsVersion6, session.PacketLength, path);
        var vxlan = Vxlan.Encapsulate(session.VirtualNetworkId, frame.Span[..length]);
        PacketFate Fate(PacketFateKind kind, string because, int count) => passing.Fate(kind, because, count) with
        {
            SessionId = session.Id,
            TargetId = session.TargetId,
            VirtualNetworkId = session.VirtualNetworkId,
            FilterRuleId = decision.RuleId,
            Bytes = (long)length * count,
            Truncated = length < frame.Length ? count : 0,
        };

        if (path is MirrorPath.Gone { Why: var gone })
            return [Fate(PacketFateKind.CopyLost, gone, passing.Count) with { IsSent = false }];
        var instance = passing.At.Attachment?.InstanceId;
        var sent = budgets.TakeCopies(instance, vxlan.Length, passing.Count, cloud.Now);
        var skipped = Fate(PacketFateKind.Skipped, $"{instance} has no bandwidth left for copies", passing.Count - sent);
        if (path is MirrorPath.Blocked { Why: var blocked })
            return [Fate(PacketFateKind.CopyLost, blocked, sent), skipped];
        var arrived = budgets.TakeAtSensor(session.TargetId, sent, cloud.Now);
        if (arrived > 0)
        {
            deliver(new(
                cloud.Now, session.TargetId, session.Id, arrived, vxlan, _frames.AtSensor(path, passing.At, sourcePort, vxlan)));
        }

        return
        [
            Fate(PacketFateKind.Mirrored, decision.Why, arrived),
            Fate(PacketFateKind.CopyLost, $"the sensor behind {session.TargetId} can't keep up", sent - arrived),
            skipped,
        ];
    }

    /// <summary>"You changed the instance type of the mirror source to an unsupported instance type": such a session stays.</summary>
    private string? TypeThatIsNoSource(NetworkInterface at) =>
        cloud.Ec2.Hosts.TypeOf(at) is { } type && !cloud.Options.CanBeMirrored(type) ? type.Name : null;
}

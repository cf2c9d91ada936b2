using System.Net;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing;

/// <summary>What the probe found out.</summary>
internal sealed record ProbeReport
{
    /// <summary>Where the packets came from: an address with its port, or a file.</summary>
    public required string From { get; init; }

    /// <summary>How long it listened; null for a capture.</summary>
    public TimeSpan? Listened { get; init; }

    /// <summary>Packets that were looked at: each is a copy of one of the networks, other traffic, or unreadable.</summary>
    public required long Packets { get; init; }

    /// <summary>What arrived, by VNI.</summary>
    public required IReadOnlyList<NetworkReport> Networks { get; init; }

    /// <summary>Interfaces that are mirrored to here and sent nothing; null where nobody said which these are.</summary>
    public IReadOnlyList<MirrorSource>? Silent { get; init; }

    /// <summary>Packets of a capture that have nothing to do with mirroring.</summary>
    public required long OtherTraffic { get; init; }

    /// <summary>What could not be read, and why.</summary>
    public required IReadOnlyList<(Reading Why, long Packets)> Unreadable { get; init; }

    /// <summary>Copies of sources beyond those that are told apart.</summary>
    public required long PacketsOfFurtherSources { get; init; }

    /// <summary>Bytes of these copies.</summary>
    public required long BytesOfFurtherSources { get; init; }

    /// <summary>Copies whose conversation was not followed, since there were too many.</summary>
    public required long FlowsNotFollowed { get; init; }

    /// <summary>Datagrams that the kernel dropped before they were received; null for a capture, and where it doesn't say.</summary>
    public long? Lost { get; init; }

    /// <summary>Why the capture could not be read to its end; null when it could.</summary>
    public string? Problem { get; init; }

    /// <summary>Makes the report of a tally.</summary>
    /// <param name="from">Where the packets came from.</param>
    /// <param name="tally">What was counted.</param>
    /// <param name="sources">Who should be sending; null where nobody knows.</param>
    public static ProbeReport Of(string from, Tally tally, MirrorSources? sources)
    {
        var arrived = tally.Sources.Select(each => SourceReport.Of(each, sources)).ToList();
        var heard = arrived.Select(each => each.Known).OfType<MirrorSource>().ToHashSet();
        return new ProbeReport
        {
            From = from,
            Packets = tally.Packets,
            Networks =
            [
                .. from source in arrived
                   orderby source.VirtualNetworkId, Address.Of(source.Address)
                   group source by source.VirtualNetworkId into network
                   select new NetworkReport(network.Key, [.. network], sources is not null),
            ],
            Silent = sources?.SilentBut(heard),
            OtherTraffic = tally[Reading.OtherTraffic],
            Unreadable = [.. Readings.Unreadable.Select(why => (why, tally[why])).Where(each => each.Item2 > 0)],
            PacketsOfFurtherSources = tally.PacketsOfFurtherSources,
            BytesOfFurtherSources = tally.BytesOfFurtherSources,
            FlowsNotFollowed = tally.FlowsNotFollowed,
        };
    }
}

/// <summary>What arrived with one VNI.</summary>
/// <param name="VirtualNetworkId">The VNI.</param>
/// <param name="Sources">Who sent it: one, unless sessions share the VNI.</param>
/// <param name="IsNamed">Whether it was looked up who that is.</param>
internal sealed record NetworkReport(int VirtualNetworkId, IReadOnlyList<SourceReport> Sources, bool IsNamed)
{
    /// <summary>The only source, when there is one.</summary>
    public SourceReport? Only => Sources is [var only] ? only : null;

    /// <summary>It was looked up, and no session has this VNI from any of these addresses.</summary>
    public bool IsUnknown => IsNamed && Sources.All(each => each.Known is null);
}

/// <summary>What arrived from one source.</summary>
internal sealed record SourceReport(
    int VirtualNetworkId,
    IPAddress Address,
    MirrorSource? Known,
    long Packets,
    long Bytes,
    long Truncated,
    long Fragments,
    long Flows,
    long OutboundOnly,
    long InboundOnly,
    long OneWayUnknown,
    long FirstAt,
    long LastAt)
{
    /// <summary>Conversations of which only one direction came.</summary>
    public long OneWay => OutboundOnly + InboundOnly + OneWayUnknown;

    /// <summary>Makes the report of a count.</summary>
    public static SourceReport Of(SourceCount count, MirrorSources? sources) => new(
        count.Key.VirtualNetworkId,
        Decoding.Address.ToAddress(count.Key.Address),
        sources?.Find(count.Key.VirtualNetworkId, count.Key.Address),
        count.Packets,
        count.Bytes,
        count.Truncated,
        count.Fragments,
        count.Flows,
        count.OutboundOnly,
        count.InboundOnly,
        count.OneWayUnknown,
        count.FirstAt,
        count.LastAt);
}

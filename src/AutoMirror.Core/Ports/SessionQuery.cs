using AutoMirror.Core.Model;

namespace AutoMirror.Core.Ports;

/// <summary>Which mirror sessions.</summary>
internal abstract record SessionQuery
{
    private SessionQuery()
    {
    }

    /// <summary>All that this account can see.</summary>
    public sealed record All : SessionQuery;

    /// <summary>Those with one of these descriptions, exactly.</summary>
    /// <param name="Descriptions">The descriptions, any number.</param>
    public sealed record WithDescriptions(IReadOnlyCollection<string> Descriptions) : SessionQuery;

    /// <summary>Those with these ids, as far as EC2 knows them.</summary>
    /// <param name="Ids">The ids, any number.</param>
    public sealed record WithIds(IReadOnlyCollection<Id<TrafficMirrorSession>> Ids) : SessionQuery;

    /// <summary>Those on these interfaces, whoever owns them.</summary>
    /// <param name="Ids">The interfaces, any number.</param>
    public sealed record OnInterfaces(IReadOnlyCollection<Id<NetworkInterface>> Ids) : SessionQuery;
}

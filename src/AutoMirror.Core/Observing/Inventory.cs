using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>What EC2 says of everything in scope, at about one time.</summary>
/// <remarks>An owned session on an interface that is not in here proves nothing: a
/// delete needs evidence (Core's README, "What holds").</remarks>
internal sealed record Inventory
{
    public DateTimeOffset Now { get; init; }

    /// <summary>The instances in scope, with their interfaces.</summary>
    public IReadOnlyList<Instance> Instances { get; init; } = [];

    /// <summary>Interfaces in scope that no instance of <see cref="Instances"/> has.</summary>
    public IReadOnlyList<NetworkInterface> StandaloneInterfaces { get; init; } = [];

    /// <summary>Instances that were asked for and that EC2 does not know (any more, or yet).</summary>
    public IReadOnlyList<Id<Instance>> MissingInstances { get; init; } = [];

    /// <summary>Interfaces that were asked for and that EC2 does not know: with them their sessions are gone.</summary>
    public IReadOnlyList<Id<NetworkInterface>> MissingInterfaces { get; init; } = [];

    /// <summary>The mirror sessions that were read: all of the account, or those of what is in scope.</summary>
    public IReadOnlyList<TrafficMirrorSession> Sessions { get; init; } = [];

    /// <summary>Whose sessions are all in <see cref="Sessions"/>, foreign ones included.</summary>
    public SessionCoverage SessionCoverage { get; init; } = SessionCoverage.OwnedOnly;

    /// <summary>Filters that were read since a foreign session's filter has to be held against ours.</summary>
    public IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> Filters { get; init; } =
        new Dictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter>();

    /// <summary>The tags of subnets, where the policy's tag levels ask for them.</summary>
    public IReadOnlyDictionary<Id<Subnet>, Tags> SubnetTags { get; init; } = new Dictionary<Id<Subnet>, Tags>();

    /// <summary>The tags of VPCs, where the policy's tag levels ask for them.</summary>
    public IReadOnlyDictionary<Id<Vpc>, Tags> VpcTags { get; init; } = new Dictionary<Id<Vpc>, Tags>();

    /// <summary>What could not be read. While there is any, nothing is deleted.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];
}

using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>What EC2 said of everything in scope, at about one time.</summary>
/// <remarks>An owned session on an interface that is not in here is no evidence of anything: see <see cref="Gaps"/> and design, "A delete needs positive evidence".</remarks>
public sealed record Inventory
{
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
    public IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> Filters { get; init; } = new Dictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter>();

    /// <summary>The tags of subnets, where the policy's tag levels ask for them.</summary>
    public IReadOnlyDictionary<Id<Subnet>, Tags> SubnetTags { get; init; } = new Dictionary<Id<Subnet>, Tags>();

    /// <summary>The tags of VPCs, where the policy's tag levels ask for them.</summary>
    public IReadOnlyDictionary<Id<Vpc>, Tags> VpcTags { get; init; } = new Dictionary<Id<Vpc>, Tags>();

    /// <summary>What could not be read. While there is any, nothing is deleted.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];
}

/// <summary>Something that could not be read.</summary>
/// <param name="What">The EC2 action.</param>
/// <param name="Why">EC2's refusal.</param>
public sealed record Gap(string What, Applying.Refusal Why)
{
    /// <summary>The action that reads instances, interfaces, or mirror sessions.</summary>
    public const string Instances = "DescribeInstances", Interfaces = "DescribeNetworkInterfaces", Sessions = "DescribeTrafficMirrorSessions";
}

/// <summary>How much is known of the sessions on the interfaces in scope.</summary>
public abstract record SessionCoverage
{
    private SessionCoverage()
    {
    }

    /// <summary>Only this deployment's own, found by their descriptions.</summary>
    public static SessionCoverage OwnedOnly { get; } = new Interfaces(new HashSet<Id<NetworkInterface>>());

    /// <summary>Whether every session on an interface is known.</summary>
    public abstract bool Covers(Id<NetworkInterface> networkInterface);

    /// <summary>Every session of the account: a full sync.</summary>
    public sealed record Account : SessionCoverage
    {
        /// <inheritdoc/>
        public override bool Covers(Id<NetworkInterface> networkInterface) => true;
    }

    /// <summary>Every session on these interfaces; of others only this deployment's own.</summary>
    /// <param name="Ids">The interfaces that were looked at.</param>
    public sealed record Interfaces(IReadOnlySet<Id<NetworkInterface>> Ids) : SessionCoverage
    {
        /// <inheritdoc/>
        public override bool Covers(Id<NetworkInterface> networkInterface) => Ids.Contains(networkInterface);
    }
}

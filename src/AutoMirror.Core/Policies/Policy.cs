using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>What an operator decided: who is mirrored, and how. Read from the parameter <c>policy</c>; every field has a default.</summary>
internal sealed record Policy
{
    /// <summary>The policy when the parameter does not exist.</summary>
    public static Policy Default { get; } = new();

    public PolicyMode Mode { get; init; } = PolicyMode.Sync;
    public string TagKey { get; init; } = "Mirror";

    /// <summary>Whose tags count; the most specific that has the tag wins, in the order of <see cref="TagLevel"/>.</summary>
    public IReadOnlySet<TagLevel> TagLevels { get; init; } = new HashSet<TagLevel> { TagLevel.Instance };

    /// <summary>A workload without the tag is treated as if its tag had this value.</summary>
    public string Untagged { get; init; } = "false";

    public InterfaceSelection Interfaces { get; init; } = InterfaceSelection.All;

    /// <summary>Whether interfaces that belong to no instance are sources too; their own tags decide.</summary>
    public bool StandaloneInterfaces { get; init; }

    public OnStop OnStop { get; init; } = OnStop.Delete;
    public SessionNumber SessionNumber { get; init; } = SessionNumber.First;

    /// <summary>How much of each packet is mirrored; null for whole packets.</summary>
    public PacketLength? PacketLength { get; init; }

    /// <summary>One VXLAN network identifier for all sessions; null lets EC2 choose a different one for each.</summary>
    public VirtualNetworkId? VirtualNetworkId { get; init; }

    /// <summary>Whether mirror targets join a sensor's pool by their tag <c>automirror:sensor</c>.</summary>
    public bool SensorTags { get; init; }

    public Exclusions Exclude { get; init; } = Exclusions.None;
    public Limits Limits { get; init; } = new();

    /// <summary>Whether a security finding mirrors its instance; null when it does not.</summary>
    public GuardDutyRule? GuardDuty { get; init; }
}

internal enum PolicyMode
{
    Sync,
    CreateOnly,
    Observe,
    Off,
}

internal enum InterfaceSelection
{
    All,
    Primary,
}

internal enum OnStop
{
    Delete,
    Keep,
}

internal sealed record Exclusions
{
    public static Exclusions None { get; } = new();

    /// <summary>Tag values that exclude, by key; <c>*</c> stands for any value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Instance types that are excluded: a type (<c>m5.large</c>) or a whole family (<c>m5.*</c>).</summary>
    public IReadOnlyList<InstanceTypePattern> InstanceTypes { get; init; } = [];

    public IReadOnlyList<Id<Vpc>> Vpcs { get; init; } = [];
    public IReadOnlyList<Id<Subnet>> Subnets { get; init; } = [];

    /// <summary>Whether nodes that EKS or ECS manages, known by their tags, are excluded.</summary>
    public bool KubernetesNodes { get; init; }
}

/// <summary>The blast radius: how many deletes and target changes that a tag, policy or parameter caused are let through.</summary>
internal sealed record Limits
{
    /// <summary>On a full sync, refused are more than this many…</summary>
    public int Deletes { get; init; } = 10;

    /// <summary>…and more than this share of all owned sessions, in percent.</summary>
    public int Percent { get; init; } = 50;

    /// <summary>A plan for some instances carries out at most this many; the next full sync does the rest.</summary>
    public int ScopedDeletes { get; init; } = 100;
}

/// <summary>When and where a GuardDuty finding mirrors its instance.</summary>
internal sealed record GuardDutyRule
{
    /// <summary>The lowest severity that counts, 1–10.</summary>
    public double Severity { get; init; } = 7;

    public SensorName Sensor { get; init; } = SensorName.Default;

    /// <summary>For how long, 1–8760 hours from the finding's event.</summary>
    public int Hours { get; init; } = 24;
}

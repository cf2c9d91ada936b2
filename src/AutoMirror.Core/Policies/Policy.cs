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

    /// <summary>Which VXLAN network identifiers sessions get.</summary>
    public VirtualNetworks VirtualNetworkId { get; init; } = VirtualNetworks.EachItsOwn;

    /// <summary>Whether mirror targets join a sensor's pool by their tag <c>automirror:sensor</c>.</summary>
    public bool SensorTags { get; init; }

    /// <summary>What is special about single sensors.</summary>
    public IReadOnlyDictionary<SensorName, SensorProfile> Sensors { get; init; } = new Dictionary<SensorName, SensorProfile>();

    /// <summary>Tags of the owner's own that sessions carry, such as a cost centre.</summary>
    public Tags SessionTags { get; init; } = Tags.None;

    /// <summary>Whether interfaces of other accounts in this account's shared subnets are sources too.</summary>
    public bool Participants { get; init; }

    public Exclusions Exclude { get; init; } = Exclusions.None;

    /// <summary>What is mirrored whatever its owner's tag says.</summary>
    public Obligation Mandatory { get; init; } = Obligation.None;

    public Limits Limits { get; init; } = new();

    /// <summary>Whether a security finding mirrors its instance; null when it does not.</summary>
    public GuardDutyRule? GuardDuty { get; init; }

    /// <summary>Whether <c>automirror capture</c> is permitted, and for how long; null when it is not.</summary>
    public CaptureRule? Capture { get; init; }
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

    /// <summary>Device index 0 of network card 0.</summary>
    Primary,
}

internal enum OnStop
{
    Delete,
    Keep,
}

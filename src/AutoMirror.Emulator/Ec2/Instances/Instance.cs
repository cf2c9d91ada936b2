using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The states of the instance lifecycle, with the codes that DescribeInstances documents.</summary>
public enum InstanceState
{
    /// <summary>Preparing to run.</summary>
    Pending = 0,

    /// <summary>Running.</summary>
    Running = 16,

    /// <summary>On the way to terminated.</summary>
    ShuttingDown = 32,

    /// <summary>Gone for good, described a while longer.</summary>
    Terminated = 48,

    /// <summary>On the way to stopped.</summary>
    Stopping = 64,

    /// <summary>Stopped; it can be started again.</summary>
    Stopped = 80,
}

/// <summary>An instance.</summary>
public sealed record Instance : Resource
{
    /// <summary>The launch that it came from.</summary>
    public required string ReservationId { get; init; }

    /// <summary>Its place among those launched with it.</summary>
    public int LaunchIndex { get; init; }

    /// <summary>Its AMI.</summary>
    public required string ImageId { get; init; }

    /// <summary>Its type.</summary>
    public required InstanceType Type { get; init; }

    /// <summary>Where it is in its lifecycle.</summary>
    public InstanceState State { get; init; }

    /// <summary>Why its state last changed: a code and a message.</summary>
    public (string Code, string Message)? StateReason { get; init; }

    /// <summary>The same as the older, single text.</summary>
    public string StateTransitionReason { get; init; } = "";

    /// <summary>When it was last started.</summary>
    public required DateTimeOffset LaunchTime { get; init; }

    /// <summary>Its zone.</summary>
    public required Zone Zone { get; init; }

    /// <summary>Its subnet, which is its primary interface's.</summary>
    public required string SubnetId { get; init; }

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>Its key pair's name.</summary>
    public string? KeyName { get; init; }

    /// <summary>The token that launched it.</summary>
    public string? ClientToken { get; init; }

    /// <summary>Whether detailed monitoring is on.</summary>
    public bool Monitoring { get; init; }

    internal bool HasEna => Type.Hypervisor != "xen";

    /// <summary>How EC2 writes the state.</summary>
    public string StateName => NameOf(State);

    /// <summary>How EC2 writes a state.</summary>
    public static string NameOf(InstanceState state) => state switch
    {
        InstanceState.ShuttingDown => "shutting-down",
        _ => state.ToString().ToLowerInvariant(),
    };
}

/// <summary>A change of state as Start, Stop and TerminateInstances answer it.</summary>
public sealed record InstanceStateChange(string InstanceId, InstanceState Previous, InstanceState Current);

/// <summary>What to launch.</summary>
public sealed record LaunchRequest
{
    /// <summary>The type.</summary>
    public string InstanceType { get; init; } = "m5.large";

    /// <summary>The AMI; any well-formed id will do.</summary>
    public string ImageId { get; init; } = "ami-0abcdef1234567890";

    /// <summary>How many; all or none.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The subnet; a default subnet when null.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The zone whose default subnet to take.</summary>
    public string? Zone { get; init; }

    /// <summary>Security groups of the primary interface.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>Interfaces, where the launch says more than subnet and groups.</summary>
    public IReadOnlyList<LaunchInterface> NetworkInterfaces { get; init; } = [];

    /// <summary>The private address of the primary interface.</summary>
    public string? PrivateIpAddress { get; init; }

    /// <summary>How many IPv6 addresses the primary interface gets.</summary>
    public int Ipv6AddressCount { get; init; }

    /// <summary>Tags of the instances.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Tags of the new interfaces.</summary>
    public IReadOnlyDictionary<string, string>? InterfaceTags { get; init; }

    /// <summary>The key pair's name.</summary>
    public string? KeyName { get; init; }

    /// <summary>The token to show with the instances; idempotency itself is the wire's.</summary>
    public string? ClientToken { get; init; }

    /// <summary>Whether detailed monitoring is on.</summary>
    public bool Monitoring { get; init; }
}

/// <summary>One interface of a launch: an existing one by id, or a new one.</summary>
public sealed record LaunchInterface
{
    /// <summary>Which device it becomes.</summary>
    public int DeviceIndex { get; init; }

    /// <summary>An existing interface; null makes a new one.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>The new one's subnet.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The new one's groups.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The new one's description.</summary>
    public string Description { get; init; } = "";

    /// <summary>The new one's type.</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary>Whether it gets a public address; null lets the subnet say.</summary>
    public bool? AssociatePublicIpAddress { get; init; }

    /// <summary>Whether it goes with the instance; by default a new one does and an existing one doesn't.</summary>
    public bool? DeleteOnTermination { get; init; }

    /// <summary>The new one's primary private address.</summary>
    public string? PrivateIpAddress
    {
        get => PrivateIpAddresses is [var primary, ..] ? primary : null;
        init => PrivateIpAddresses = value is null ? [] : [value];
    }

    /// <summary>The new one's private addresses, the primary one first, where the caller chooses them.</summary>
    public IReadOnlyList<string> PrivateIpAddresses { get; init; } = [];

    /// <summary>How many further private addresses.</summary>
    public int SecondaryPrivateIpAddressCount { get; init; }

    /// <summary>How many IPv6 addresses.</summary>
    public int Ipv6AddressCount { get; init; }
}

using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

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

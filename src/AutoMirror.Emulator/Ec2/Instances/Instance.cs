using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>An instance.</summary>
public sealed record Instance : Resource
{
    /// <summary>The id of the launch that made it.</summary>
    public required string ReservationId { get; init; }

    /// <summary>Its place among the instances of its launch, from 0.</summary>
    public int LaunchIndex { get; init; }

    public required string ImageId { get; init; }

    public required InstanceType Type { get; init; }

    public InstanceState State { get; init; }

    /// <summary>Why its state last changed.</summary>
    public (string Code, string Message)? StateReason { get; init; }

    /// <summary>Why its state last changed, as the older, single text; empty for no reason.</summary>
    public string StateTransitionReason { get; init; } = "";

    /// <summary>When it was last started.</summary>
    public required DateTimeOffset LaunchTime { get; init; }

    public required Zone Zone { get; init; }

    /// <summary>The subnet of its primary interface.</summary>
    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    /// <summary>The name of its key pair.</summary>
    public string? KeyName { get; init; }

    /// <summary>The service provider that manages it; null for the account's own.</summary>
    public Operator? Operator { get; init; }

    /// <summary>The token that its launch was requested with.</summary>
    public string? ClientToken { get; init; }

    /// <summary>Whether detailed monitoring is on.</summary>
    public bool Monitoring { get; init; }

    /// <summary>Its state as EC2 writes it, for example <c>shutting-down</c>.</summary>
    public string StateName => NameOf(State);

    internal bool HasEna => Type.Hypervisor != "xen";

    /// <summary>A state as EC2 writes it.</summary>
    public static string NameOf(InstanceState state) => state switch
    {
        InstanceState.ShuttingDown => "shutting-down",
        _ => state.ToString().ToLowerInvariant(),
    };
}

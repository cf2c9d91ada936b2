using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>What EC2 shows of the interface or endpoint that a mirror target delivers to.</summary>
internal sealed record CapturePoint
{
    /// <summary>Nothing is known: a load balancer, another account's interface, or one that could not be read.</summary>
    public static CapturePoint Unknown { get; } = new();

    public CaptureState State { get; init; } = CaptureState.Unknown;
    public Id<Vpc>? VpcId { get; init; }
    public string? AvailabilityZone { get; init; }

    /// <summary>The type of the instance that holds the interface, which says how many sources it takes.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The sensor's host.</summary>
    public Id<Instance>? InstanceId { get; init; }
}

/// <summary>Whether copies that are sent to a target can arrive, as far as EC2 shows.</summary>
internal enum CaptureState
{
    /// <summary>Nobody can say; the target is used like a living one.</summary>
    Unknown,

    /// <summary>An instance that is pending or running holds the interface.</summary>
    Living,

    /// <summary>A read did not show the interface, and no second one has confirmed it: it takes no new source where another does.</summary>
    Missing,

    /// <summary>The interface is there, and no running instance holds it.</summary>
    Stopped,

    /// <summary>The interface does not exist any more.</summary>
    Gone,
}

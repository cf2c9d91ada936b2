using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Faults;

namespace AutoMirror.Emulator;

/// <summary>How the emulated account is set up: quiet, consistent and unthrottled unless told otherwise.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The loopback port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The Region that the whole endpoint stands for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The account that owns everything here.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The clock behind every timestamp, lifecycle delay and retry.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where ids, addresses, network identifiers, faults and delays come from: the same seed, the same run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long an instance is pending before it runs.</summary>
    public TimeSpan PendingFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance is stopping before it is stopped.</summary>
    public TimeSpan StoppingFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance is shutting down before it is terminated.</summary>
    public TimeSpan ShuttingDownFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a terminated instance is still described ("a short while, about an hour": EC2 User Guide, Terminate instances).
    /// </summary>
    public TimeSpan TerminatedFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an interface is attaching or detaching when that is done to a living instance.</summary>
    public TimeSpan AttachingFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest that a write takes to show in describes; each takes a random part of it. Zero, the default, shows all at once.
    /// </summary>
    public TimeSpan VisibilityDelay { get; init; }

    /// <summary>Whether a trail logs EC2's write calls, so that EventBridge gets them as "AWS API Call via CloudTrail".</summary>
    public bool Trail { get; init; } = true;

    /// <summary>Token buckets; null throttles nothing. <see cref="Throttling.Documented"/> has EC2's figures.</summary>
    public Throttling? Throttling { get; init; }

    /// <summary>How long requests take beside the work itself; null adds nothing.</summary>
    public Latency? Latency { get; init; }

    /// <summary>What may befall requests; null is nothing.</summary>
    public RequestFaults? RequestFaults { get; init; }

    /// <summary>What may befall events on their way to targets.</summary>
    public EventFaults EventFaults { get; init; } = new();

    /// <summary>
    /// Which types can be mirror sources: by default those of the guide's older editions; <see cref="Ec2.Mirroring.MirrorSources.ByInclusion"/>
    /// has those of the newest, and a test may want a service that knows better than either.
    /// </summary>
    public Func<Ec2.Instances.InstanceType, bool> CanBeMirrored { get; init; } = Ec2.Mirroring.MirrorSources.ByExclusion;

    /// <summary>The account's quotas.</summary>
    public Quotas Quotas { get; init; } = new();
}

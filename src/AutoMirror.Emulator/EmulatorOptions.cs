using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Packets;

namespace AutoMirror.Emulator;

/// <summary>
/// How the emulated account is set up. By default nothing goes wrong, nothing is throttled, and describes see every write at once.
/// </summary>
public sealed record EmulatorOptions
{
    /// <summary>The port to listen on, on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The Region that the whole endpoint stands for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The account that owns everything.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The clock behind every timestamp, lifecycle delay and retry.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What ids, addresses, network identifiers, faults and delays are drawn from. The same seed gives the same run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long an instance is pending before it runs.</summary>
    public TimeSpan PendingFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance is stopping before it is stopped.</summary>
    public TimeSpan StoppingFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance is shutting down before it is terminated.</summary>
    public TimeSpan ShuttingDownFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long describes show a terminated instance ("a short while, about an hour": EC2 User Guide, Terminate instances).
    /// </summary>
    public TimeSpan TerminatedFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an interface is attaching to an instance that was launched before, or detaching from it.</summary>
    public TimeSpan AttachingFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest time that a write takes to show in describes; each write takes a random part of it. With zero, the default, every
    /// write shows at once.
    /// </summary>
    public TimeSpan VisibilityDelay { get; init; }

    /// <summary>
    /// <see cref="VisibilityDelay"/> for single kinds of EC2 resource, where one kind lags more or less than the others: by the name of
    /// the kind as tag specifications have it, for example <c>instance</c> or <c>traffic-mirror-session</c>.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> VisibilityDelays { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>How many processes a function may have at once; more invocations than that wait.</summary>
    public int MostSandboxes { get; init; } = 10;

    /// <summary>How often alarms are evaluated. CloudWatch does so every minute; here a person waits for it.</summary>
    public TimeSpan AlarmsEvaluatedEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a trail logs EC2's write calls, so that EventBridge gets them as "AWS API Call via CloudTrail".</summary>
    public bool Trail { get; init; } = true;

    /// <summary>Token buckets; null throttles nothing. <see cref="Throttling.Documented"/> has EC2's figures.</summary>
    public Throttling? Throttling { get; init; }

    /// <summary>How long requests take on the way; null adds nothing.</summary>
    public Latency? Latency { get; init; }

    /// <summary>What may befall requests; null for nothing.</summary>
    public RequestFaults? RequestFaults { get; init; }

    /// <summary>What may befall events on their way to targets.</summary>
    public EventFaults EventFaults { get; init; } = new();

    /// <summary>
    /// Which instance types can be mirror sources. The default is those of the guide's older editions;
    /// <see cref="MirrorSources.ByInclusion"/> has those of the newest. A test may want a service that departs from both:
    /// <see cref="MirrorSources.ByFamily"/> has it answer family by family, also for those that no edition names.
    /// </summary>
    public Func<InstanceType, bool> CanBeMirrored { get; init; } = MirrorSources.ByExclusion;

    /// <summary>
    /// Whose requester-managed interfaces can be mirrored, by requester id. "You can only use requester-managed network interfaces created
    /// by Amazon RDS or Amazon ElastiCache as a Traffic Mirroring source"; some accounts were seen to mirror those of Application Load
    /// Balancers, <c>amazon-elb</c>.
    /// </summary>
    public IReadOnlySet<string> MirroredRequesters { get; init; } = new HashSet<string> { "amazon-rds", "amazon-elasticache" };

    /// <summary>
    /// Whether lists show managed resources at first. "By default, Amazon EC2 hides managed resources for accounts that did not have
    /// managed resources before visibility settings became available" (April 2026); to an account that had some, EC2 shows them.
    /// </summary>
    public ManagedVisibility ManagedResourceVisibility { get; init; } = ManagedVisibility.Hidden;

    /// <summary>Whether instances send state-change events even while the account hides them. The guide says that they do not.</summary>
    public bool HiddenInstancesSendEvents { get; init; }

    /// <summary>
    /// Whether interfaces of managed instances can be mirrored, by the same rules as others. No documentation says so, nor the contrary.
    /// </summary>
    public bool ManagedCanBeMirrored { get; init; } = true;

    /// <summary>Where a server sends the copies of packets to as real datagrams; nowhere unless given.</summary>
    public IReadOnlyList<MirrorOutlet> MirrorTo { get; init; } = [];

    /// <summary>How many of the last copies each target's capture keeps; 0 keeps none.</summary>
    public int CapturedPackets { get; init; } = 10_000;

    public Quotas Quotas { get; init; } = new();
}

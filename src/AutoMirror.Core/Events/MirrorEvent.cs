using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>What an invocation's payload, or one record of it, turned out to be: a hint where to look. It may be late, doubled or out of order.</summary>
internal abstract record MirrorEvent
{
    private MirrorEvent()
    {
    }

    /// <summary>When what it tells of happened, where it says so.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The Region that it tells of, where it says so.</summary>
    public string? Region { get; init; }

    /// <summary>An instance came into a state.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="State">The state that the event tells of.</param>
    public sealed record InstanceStateChange(Id<Instance> InstanceId, InstanceState State) : MirrorEvent;

    /// <summary>Tags of something were changed.</summary>
    /// <param name="Level">What kind of thing it is.</param>
    /// <param name="Where">The thing.</param>
    /// <param name="ChangedKeys">The keys that were set, changed or removed.</param>
    public sealed record TagChange(TagLevel Level, Scope.Part Where, IReadOnlyList<string> ChangedKeys) : MirrorEvent;

    /// <summary>Somebody attached an interface to an instance.</summary>
    /// <param name="NetworkInterfaceId">The interface.</param>
    /// <param name="InstanceId">The instance.</param>
    public sealed record InterfaceAttached(Id<NetworkInterface> NetworkInterfaceId, Id<Instance> InstanceId) : MirrorEvent;

    /// <summary>Somebody detached an interface. CloudTrail tells the attachment only, which is gone by now.</summary>
    public sealed record InterfaceDetached : MirrorEvent;

    /// <summary>Somebody made an interface.</summary>
    /// <param name="NetworkInterfaceId">The interface.</param>
    public sealed record InterfaceCreated(Id<NetworkInterface> NetworkInterfaceId) : MirrorEvent;

    /// <summary>Somebody modified a mirror session.</summary>
    /// <param name="SessionId">The session.</param>
    /// <param name="CallerArn">Who.</param>
    public sealed record SessionModified(Id<TrafficMirrorSession> SessionId, string? CallerArn) : MirrorEvent;

    /// <summary>Somebody deleted a mirror session. CloudTrail does not tell its interface.</summary>
    /// <param name="SessionId">The session.</param>
    /// <param name="CallerArn">Who.</param>
    public sealed record SessionDeleted(Id<TrafficMirrorSession> SessionId, string? CallerArn) : MirrorEvent;

    /// <summary>A parameter in Parameter Store was changed.</summary>
    /// <param name="Name">Its full name.</param>
    public sealed record ParameterChange(string Name) : MirrorEvent;

    /// <summary>It is time for a look at everything.</summary>
    public sealed record Scheduled : MirrorEvent;

    /// <summary>GuardDuty found something about an instance.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Severity">How severe, 1–10.</param>
    public sealed record Finding(Id<Instance> InstanceId, double Severity) : MirrorEvent;

    /// <summary>Somebody asked for a re-sync.</summary>
    /// <param name="Where">What shall be looked at.</param>
    /// <param name="DryRun">Plan and report, change nothing.</param>
    /// <param name="AllowDeletes">The person stands for more deletes than the policy's limits let through.</param>
    public sealed record ManualRequest(Scope Where, bool DryRun, bool AllowDeletes) : MirrorEvent;

    /// <summary>An earlier invocation handed on what it could not finish.</summary>
    /// <param name="Where">What is left to be looked at.</param>
    /// <param name="IdleTurns">How many invocations in a row have not got on.</param>
    public sealed record Continuation(Scope Where, int IdleTurns) : MirrorEvent;

    /// <summary>An event that AutoMirror has no use for.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Ignored(string Reason) : MirrorEvent;
}

using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>What an invocation's payload, or one record of it, turned out to be: a hint
/// where to look. It may be late, doubled or out of order.</summary>
internal abstract record MirrorEvent
{
    private MirrorEvent() { }

    /// <summary>When it happened, where the event says so.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The Region where it happened, where the event says so.</summary>
    public string? Region { get; init; }

    /// <summary>The account where it happened, where the event says so: twelve digits.</summary>
    public string? Account { get; init; }

    public sealed record InstanceStateChange(Id<Instance> InstanceId, InstanceState State) : MirrorEvent;
    /// <summary>Tags of one resource changed.</summary>
    /// <param name="Where">The one resource.</param>
    /// <param name="ChangedKeys">The keys that were set, changed or removed.</param>
    public sealed record TagChange(TagLevel Level, Scope.Part Where, IReadOnlyList<string> ChangedKeys) : MirrorEvent
    {
        /// <summary>All tags of the resource after the change; null where the event does not list them.</summary>
        public Tags? After { get; init; }

        /// <summary>Counts the changes of one resource, so that of two events in one second the later is known.</summary>
        public long Version { get; init; }
    }

    public sealed record InterfaceAttached(Id<NetworkInterface> NetworkInterfaceId, Id<Instance> InstanceId) : MirrorEvent;

    /// <summary>Somebody detached an interface. CloudTrail names the attachment only, which is gone by now.</summary>
    public sealed record InterfaceDetached : MirrorEvent;

    public sealed record InterfaceCreated(Id<NetworkInterface> NetworkInterfaceId) : MirrorEvent;
    public sealed record SessionModified(Id<TrafficMirrorSession> SessionId, string? CallerArn) : MirrorEvent;

    /// <summary>Somebody deleted a mirror session. CloudTrail does not name its interface.</summary>
    public sealed record SessionDeleted(Id<TrafficMirrorSession> SessionId, string? CallerArn) : MirrorEvent;

    public sealed record ParameterChange(string Name) : MirrorEvent;

    /// <summary>It is time for a full sync.</summary>
    public sealed record Scheduled : MirrorEvent;

    /// <summary>GuardDuty found something about instances.</summary>
    /// <param name="Instances">At least one.</param>
    /// <param name="Severity">How severe, 1–10.</param>
    public sealed record Finding(IReadOnlyList<Id<Instance>> Instances, double Severity) : MirrorEvent;

    /// <summary>A person wants interfaces mirrored until a time, whatever their tags say.</summary>
    /// <param name="Where">Instances, with all their interfaces, or single interfaces.</param>
    /// <param name="Until">A whole second. The policy's <c>capture</c> caps it.</param>
    /// <param name="Sensor">Null for the default sensor there.</param>
    public sealed record Capture(Scope.Part Where, DateTimeOffset Until, SensorName? Sensor) : MirrorEvent;

    /// <summary>A person sent the manual test event.</summary>
    /// <param name="AllowDeletes">The person takes responsibility for more deletes than the policy's limits let through.</param>
    public sealed record ManualRequest(Scope Where, bool DryRun, bool AllowDeletes) : MirrorEvent;

    /// <summary>An earlier invocation handed on what it could not finish.</summary>
    /// <param name="IdleTurns">How many invocations in a row have finished nothing.</param>
    public sealed record Continuation(Scope Where, int IdleTurns) : MirrorEvent;

    public sealed record Ignored(string Reason) : MirrorEvent;
}

using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>What an invocation's payload turned out to be.</summary>
public abstract record MirrorEvent
{
    private MirrorEvent()
    {
    }

    /// <summary>An instance came into a state. A hint where to look: it may be late, doubled or out of order.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="State">The state that the event tells of.</param>
    /// <param name="Time">When it happened, where the event says so.</param>
    public sealed record InstanceStateChange(Id<Instance> InstanceId, InstanceState State, DateTimeOffset? Time) : MirrorEvent;

    /// <summary>Somebody asked for a re-sync.</summary>
    /// <param name="Where">What shall be looked at.</param>
    /// <param name="DryRun">Plan and report, change nothing.</param>
    /// <param name="AllowDeletes">The person stands for more deletes than the policy's limits let through.</param>
    public sealed record ManualResync(Scope Where, bool DryRun, bool AllowDeletes) : MirrorEvent;

    /// <summary>An event that AutoMirror has no use for.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Ignored(string Reason) : MirrorEvent;

    /// <summary>An event of a known shape that cannot be understood. Nothing may follow from it but an error.</summary>
    /// <param name="Field">The field that is wrong, such as <c>detail.instance-id</c>.</param>
    /// <param name="Found">What stands there.</param>
    /// <param name="Expected">What is allowed there.</param>
    public sealed record Malformed(string Field, string Found, string Expected) : MirrorEvent
    {
        /// <inheritdoc/>
        public override string ToString() => $"the event's field {Field} {Found}; expected: {Expected}";
    }
}

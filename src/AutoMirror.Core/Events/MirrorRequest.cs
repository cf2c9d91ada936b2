using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>What one run of the reconciler is asked for.</summary>
/// <param name="Scope">Where to look.</param>
/// <param name="DryRun">Plan and report, change nothing.</param>
/// <param name="AllowDeletes">Let through more deletes than the policy's limits.</param>
/// <param name="IsManual">A person waits for the report; nobody sends the event again by itself.</param>
/// <param name="EventTime">When the event happened that led here, where it says so.</param>
public sealed record MirrorRequest(Scope Scope, bool DryRun = false, bool AllowDeletes = false, bool IsManual = false, DateTimeOffset? EventTime = null)
{
    /// <summary>What an understood event asks for; null for a malformed one, from which nothing may follow.</summary>
    public static MirrorRequest? From(MirrorEvent mirrorEvent) => mirrorEvent switch
    {
        // While an instance stops or shuts down, nothing is created or deleted: the event of its next state leads to the look.
        MirrorEvent.InstanceStateChange { State: InstanceState.Stopping or InstanceState.ShuttingDown } change =>
            new(new Scope.Nothing($"{change.InstanceId} is only on its way out: its last packets are still mirrored")),
        MirrorEvent.InstanceStateChange change => new(Scope.Of(change.InstanceId), EventTime: change.Time),
        MirrorEvent.ManualResync manual => new(manual.Where, manual.DryRun, manual.AllowDeletes, IsManual: true),
        MirrorEvent.Ignored ignored => new(new Scope.Nothing(ignored.Reason)),
        MirrorEvent.Malformed => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

namespace AutoMirror.Core.Events;

/// <summary>What one run of the reconciler is asked for: one event, or the events of a batch.</summary>
/// <param name="Events">The events, none of them malformed. Where they lead to follows from the policy: see <see cref="ScopeRules"/>.</param>
public sealed record MirrorRequest(IReadOnlyList<MirrorEvent> Events)
{
    /// <summary>Plan and report, change nothing. Beside other events in a batch a dry run asks for nothing.</summary>
    public bool DryRun => Events.Count > 0 && Events.All(each => each is MirrorEvent.ManualResync { DryRun: true });

    /// <summary>Let through more deletes than the policy's limits: a person stands for them.</summary>
    public bool AllowDeletes => Events.Any(each => each is MirrorEvent.ManualResync { AllowDeletes: true, DryRun: false });

    /// <summary>Whether it takes the policy to tell if the events lead anywhere.</summary>
    public bool DependsOnPolicy => Events.Any(each => each is MirrorEvent.TagChange or MirrorEvent.Finding or MirrorEvent.InterfaceCreated);

    /// <summary>A person waits for the report; nobody sends the event again by itself.</summary>
    public bool IsManual => Events is [MirrorEvent.ManualResync];
}

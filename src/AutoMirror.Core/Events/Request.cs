namespace AutoMirror.Core.Events;

/// <summary>What one run is asked for: events, and where each of them leads. That is decided once, under one policy.</summary>
/// <param name="Events">The events in the order in which they came, each with its scope.</param>
/// <param name="Scope">Where all of them lead together.</param>
internal sealed record Request(IReadOnlyList<ScopedEvent> Events, Scope Scope)
{
    /// <summary>Plan and report, change nothing.</summary>
    public bool DryRun { get; } = Events.Count > 0 && Events.All(each => IsDryRun(each.Event));

    /// <summary>Let through more deletes than the policy's limits: a person takes responsibility.</summary>
    public bool AllowDeletes { get; } = Events.Any(each => each.Event is MirrorEvent.ManualRequest { AllowDeletes: true, DryRun: false });

    /// <summary>A person waits for the report. Nothing sends the event again by itself.</summary>
    public bool IsManual => Events is [{ Event: MirrorEvent.ManualRequest or MirrorEvent.Capture }];

    /// <summary>Decides where events lead. In a batch with other events a dry run asks for nothing.</summary>
    /// <param name="fullSyncCalls">How many describes a full sync takes; null where that is not known.</param>
    public static Request Of(IReadOnlyList<MirrorEvent> events, ScopeRules rules, int? fullSyncCalls)
    {
        var isDryRun = events.All(IsDryRun);
        var scoped = events.Select(each => new ScopedEvent(each, IsDryRun(each) && !isDryRun
            ? new Scope.Nothing("a dry run does nothing in a batch with other events")
            : rules.Of(each))).ToList();
        var all = scoped.Aggregate<ScopedEvent, Scope>(new Scope.Nothing("there is no event"), (union, each) => union.Union(each.Scope));
        return new Request(scoped, Widening.Of(all, fullSyncCalls));
    }

    private static bool IsDryRun(MirrorEvent each) => each is MirrorEvent.ManualRequest { DryRun: true };
}

/// <summary>An event, and where it leads.</summary>
internal sealed record ScopedEvent(MirrorEvent Event, Scope Scope);

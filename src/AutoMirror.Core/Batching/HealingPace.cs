using AutoMirror.Core.Events;

namespace AutoMirror.Core.Batching;

/// <summary>Lets events whose interface is not told, each of which means a look at everything, share one look a minute.</summary>
/// <remarks>The first is healed at once. Were a thousand sessions deleted by hand, a thousand sweeps would throttle everybody's describes.</remarks>
public static class HealingPace
{
    /// <summary>How long after one look at everything the next waits.</summary>
    public static TimeSpan Between { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the look that an event asks for has to wait; null when it need not, or asks for none.</summary>
    internal static TimeSpan? WaitFor(MirrorEvent mirrorEvent, Scope scope, DateTimeOffset? lastSweepAt, DateTimeOffset now) =>
        mirrorEvent is MirrorEvent.SessionDeleted or MirrorEvent.InterfaceDetached && scope is Scope.Everything && lastSweepAt + Between - now is { } wait && wait > TimeSpan.Zero
            ? wait
            : null;
}

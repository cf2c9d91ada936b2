using AutoMirror.Core.Applying;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core;

/// <summary>How a host delivers an invocation.</summary>
/// <param name="RequestId">The invocation's id; a retry of it has the same.</param>
/// <param name="StopAt">When no further change is started.</param>
/// <param name="CanDefer">Whether events may wait for a full sync that they share with others.</param>
internal sealed record Delivery(string RequestId, DateTimeOffset StopAt, bool CanDefer = false)
{
    /// <summary>Is told of each plan, and of what it follows from, before any of it is carried out.</summary>
    public Action<Situation, CheckedPlan> OnPlanned { get; init; } = (_, _) => { };

    /// <summary>Is told of each change as it is done.</summary>
    public Action<AppliedChange> OnDone { get; init; } = _ => { };
}

using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>One turn of a run: what was seen, what was planned, and what was done.</summary>
/// <param name="Plan">The plan that was carried out.</param>
/// <param name="Applied">What became of its changes.</param>
internal sealed record Round(Request Request, Situation Situation, Plan Plan, IReadOnlyList<AppliedChange> Applied)
{
    /// <summary>Where EC2 has to be asked again; null where everything fits together.</summary>
    public Scope.Part? Unsettled()
    {
        var holders = Plan.Verdicts.Where(verdict => verdict is { NetworkInterfaceId: not null, InstanceId: not null })
            .DistinctBy(verdict => verdict.NetworkInterfaceId)
                .ToDictionary(verdict => verdict.NetworkInterfaceId!.Value, verdict => verdict.InstanceId!.Value);
        var refused = Applied.Where(each => each.Outcome is Outcome.Unsettled).Select(each => each.Change.NetworkInterfaceId)
            .Select(id => holders.TryGetValue(id, out var instance)
                ? new Scope.Part { Instances = [instance] }
                : new Scope.Part { NetworkInterfaces = [id] });
        return Situation.Contradictions.Select(each => each.Where).Concat(refused)
            .Aggregate<Scope, Scope>(new Scope.Nothing("everything fits"), (union, each) => union.Union(each)) as Scope.Part;
    }
}

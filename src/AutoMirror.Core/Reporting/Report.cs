using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>What was seen, done, refused, and why.</summary>
public sealed record Report
{
    /// <summary>Where was looked.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Whether a person asked for it.</summary>
    public bool IsManual { get; init; }

    /// <summary>Whether the changes were only planned: a dry run, or the policy's mode <c>observe</c>.</summary>
    public bool IsPlanOnly { get; init; }

    /// <summary>What was done; in a plan only, what would be.</summary>
    public IReadOnlyList<AppliedChange> Changes { get; init; } = [];

    /// <summary>One verdict for every interface in scope, by id.</summary>
    public IReadOnlyList<InterfaceVerdict> Verdicts { get; init; } = [];

    /// <summary>What a person should see to.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Whether EC2 is now as it should be, as far as AutoMirror can bring it there.</summary>
    public bool Converged { get; init; }

    /// <summary>How often each API action was called, by <c>service:Action</c>.</summary>
    public required IReadOnlyDictionary<string, int> ApiCalls { get; init; }

    /// <summary>Whether something could not be read.</summary>
    public bool IsIncomplete => Problems.Any(problem => problem.Kind == ProblemKind.Incomplete);

    /// <summary>The instance that has an interface in scope; null when none has, or it was not in scope.</summary>
    public Id<Instance>? InstanceOf(Id<NetworkInterface> networkInterface) => Instances.GetValueOrDefault(networkInterface);

    private Dictionary<Id<NetworkInterface>, Id<Instance>?> Instances => field ??=
        Verdicts.Where(verdict => verdict.NetworkInterfaceId is not null).DistinctBy(verdict => verdict.NetworkInterfaceId)
            .ToDictionary(verdict => verdict.NetworkInterfaceId!.Value, verdict => verdict.InstanceId);

    /// <summary>The sessions that were created, modified or deleted, in the order of the plan.</summary>
    public IEnumerable<(string Change, ChangedSession Session)> ChangedSessions() => Changes.Select(change => ChangedSession.Of(change.Outcome)).OfType<(string, ChangedSession)>();

    /// <summary>How many interfaces have each verdict, by its name.</summary>
    public IReadOnlyDictionary<string, int> CountsByVerdict() =>
        new SortedDictionary<string, int>(Verdicts.CountBy(verdict => verdict.Verdict.Name).ToDictionary(), StringComparer.Ordinal);

    /// <summary>The report of an event that leads nowhere.</summary>
    public static Report Of(MirrorRequest request, Scope.Nothing nothing, IReadOnlyDictionary<string, int> calls) =>
        new() { Scope = nothing, IsManual = request.IsManual, IsPlanOnly = request.DryRun, Converged = true, ApiCalls = calls };

    /// <summary>The report of a plan that was not carried out.</summary>
    public static Report NotCarriedOut(MirrorRequest request, Scope scope, Plan plan, WithheldBy by, IReadOnlyDictionary<string, int> calls) => new()
    {
        Scope = scope,
        IsManual = request.IsManual,
        IsPlanOnly = true,
        Changes = [.. plan.Changes.Select(change => new AppliedChange(change, Planned(change)))],
        Verdicts = plan.Verdicts.Noting(plan.Changes.Select(change => change.NetworkInterfaceId).ToHashSet(), by),
        Problems = plan.Problems,
        Converged = plan.Changes.Count == 0 && IsWhole(plan.Problems, plan.Verdicts) && by != WithheldBy.BrokenPlan,
        ApiCalls = calls,
    };

    /// <summary>The report of a plan that was carried out.</summary>
    public static Report CarriedOut(
        MirrorRequest request, Scope scope, Setup setup, Plan plan, IReadOnlyList<AppliedChange> applied, IReadOnlyDictionary<string, int> calls)
    {
        var after = Aftermath.Verdicts(plan.Verdicts, applied);
        return new()
        {
            Scope = scope,
            IsManual = request.IsManual,
            Changes = applied,
            Verdicts = after,
            Problems = [.. Aftermath.Problems(plan, after, applied, setup)],
            Converged = IsWhole(plan.Problems, after) && !applied.Any(change => change.Outcome is Outcome.Failed or Outcome.Postponed),
            ApiCalls = calls,
        };
    }

    /// <summary>Whether everything was read, and nothing was held back.</summary>
    private static bool IsWhole(IReadOnlyList<Problem> problems, IReadOnlyList<InterfaceVerdict> verdicts) =>
        !problems.Any(problem => problem.Kind == ProblemKind.Incomplete)
        && !verdicts.Any(verdict => verdict.Because.Any(reason => reason is Reason.Withheld));

    private static Outcome Planned(Change change) => change switch
    {
        Change.Create create => new Outcome.WouldCreate(create.Settings),
        Change.Modify modify => new Outcome.Modified(modify.Session, modify.Settings, modify.Difference),
        Change.Delete delete => new Outcome.Deleted(delete.Session),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

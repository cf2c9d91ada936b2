using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>What was seen, done, refused, and why.</summary>
internal sealed record Report
{
    private Dictionary<Id<NetworkInterface>, Id<Instance>?>? _instances;

    public required Scope Scope { get; init; }
    public bool IsManual { get; init; }

    /// <summary>Whether the changes were only planned: a dry run, or the policy's mode <c>observe</c>.</summary>
    public bool IsPlanOnly { get; init; }

    /// <summary>What was done; in a plan only, what would be.</summary>
    public IReadOnlyList<AppliedChange> Changes { get; init; } = [];

    /// <summary>One verdict for every interface in scope, by id.</summary>
    public IReadOnlyList<InterfaceVerdict> Verdicts { get; init; } = [];

    /// <summary>What a person should act on.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Whether EC2 is now as it should be, as far as AutoMirror can bring it there.</summary>
    public bool Converged { get; init; }

    /// <summary>How often each API action was called, by <c>service:Action</c>.</summary>
    public required IReadOnlyDictionary<string, int> ApiCalls { get; init; }

    public bool IsIncomplete => Problems.Any(problem => problem.Kind == ProblemKind.Incomplete);

    /// <summary>The instance that has an interface in scope; null when none has, or it was not in scope.</summary>
    public Id<Instance>? InstanceOf(Id<NetworkInterface> networkInterface)
    {
        _instances ??= Verdicts.Where(verdict => verdict.NetworkInterfaceId is not null).DistinctBy(verdict => verdict.NetworkInterfaceId)
            .ToDictionary(verdict => verdict.NetworkInterfaceId!.Value, verdict => verdict.InstanceId);
        return _instances.GetValueOrDefault(networkInterface);
    }

    /// <summary>The sessions that a kind of change created, modified or deleted, or would, in the order of the plan.</summary>
    public IEnumerable<ChangedSession> Sessions<TChange>()
        where TChange : Change => Changes.Where(each => each.Change is TChange).Select(ChangedSession.Of).OfType<ChangedSession>();

    /// <summary>How many interfaces have each verdict, by its name.</summary>
    public IReadOnlyDictionary<string, int> CountsByVerdict() =>
        new SortedDictionary<string, int>(Verdicts.CountBy(verdict => verdict.Verdict.Name).ToDictionary(), StringComparer.Ordinal);

    public static Report OfNothing(Request request, IReadOnlyDictionary<string, int> calls) =>
        new() { Scope = request.Scope, IsManual = request.IsManual, IsPlanOnly = request.DryRun, Converged = true, ApiCalls = calls };

    public static Report OfPlan(Request request, Situation situation, Plan plan, WithheldBy by, IReadOnlyDictionary<string, int> calls)
    {
        var changed = plan.Changes.Select(change => change.NetworkInterfaceId).ToHashSet();
        var planned = plan.Changes.Select(change => new AppliedChange(change, new Outcome.Planned())).ToList();
        var report = OfApplied([new Round(request, situation, plan with { Verdicts = plan.Verdicts.Noting(changed, by) }, planned)], calls);
        return report with { IsPlanOnly = true, Converged = report.Converged && plan.Changes.Count == 0 && by != WithheldBy.BrokenPlan };
    }

    /// <param name="rounds">What was done, at least one round; each later one looked again at what the one before left unsettled.</param>
    public static Report OfApplied(IReadOnlyList<Round> rounds, IReadOnlyDictionary<string, int> calls)
    {
        var (request, verdicts, changes) = (rounds[0].Request, AppliedPlan.Verdicts(rounds), AppliedPlan.Changes(rounds));
        List<Problem> problems =
        [
            .. rounds.SelectMany(round => round.Plan.Problems).DistinctBy(problem => (problem.Kind, problem.Message)),
            .. VerdictProblems.Of(verdicts, rounds[^1].Situation.Configuration),
            .. AppliedPlan.Problems(changes),
        ];
        return new()
        {
            Scope = request.Scope,
            IsManual = request.IsManual,
            Changes = changes,
            Verdicts = verdicts,
            Problems = problems,
            Converged = !rounds.Any(round => round.Situation.Inventory.Gaps.Count > 0)
                && !problems.Exists(problem => problem.Kind == ProblemKind.FilterUnusable)
                && !verdicts.Any(
                    verdict => verdict.Verdict is Verdict.Unsettled || verdict.Because.Any(reason => reason is Reason.Withheld))
                && !changes.Any(change => change.Outcome is Outcome.Failed or Outcome.Postponed),
            ApiCalls = calls,
        };
    }
}

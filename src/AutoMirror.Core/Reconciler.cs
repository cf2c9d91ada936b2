using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core;

/// <summary>The whole flow on one screen: events → scope → inventory → checked plan →
/// apply → report. One object serves one invocation.</summary>
internal sealed class Reconciler(IEc2 ec2, IParameterStore parameters, WarmState state, TimeProvider time, DeploymentSettings settings)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly Configurations _configurations = new(parameters, ec2, state.Configuration, time, settings.Prefix);

    /// <summary>Brings the sessions where the events lead in step with what is running there.</summary>
    public async Task<RunResult> RunAsync(IReadOnlyList<MirrorEvent> events, Delivery delivery, CancellationToken cancellationToken)
    {
        if (events.OfType<MirrorEvent.ParameterChange>().Any(change => settings.IsOwnParameter(change.Name)))
            state.Configuration.Drop();

        var attempt = await PlanAsync(events, delivery, notBefore: null, cancellationToken);

        // Another process may act on a newer configuration: no delete or move that counts rests on a copy from before this invocation.
        if (attempt is Attempt.Planned { Checked.RestsOnConfiguration: true, Situation.Configuration.ReadAt: var readAt }
            && readAt < _startedAt)
        {
            attempt = await PlanAsync(events, delivery, notBefore: _startedAt, cancellationToken);
        }

        return attempt switch
        {
            Attempt.Planned planned => await CarryOutAsync(planned, delivery, cancellationToken),
            Attempt.Ended { Result: var result } => result,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Reads the configuration ahead of the first event, so that the event does not have to wait for it.</summary>
    public Task<Reading<Configuration>> WarmUpAsync(CancellationToken cancellationToken) =>
        _configurations.ReadAsync(notBefore: null, cancellationToken);

    /// <summary>From events to a checked plan, under one configuration: configuration → scope → inventory → plan.</summary>
    private async Task<Attempt> PlanAsync(
        IReadOnlyList<MirrorEvent> events, Delivery delivery, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (await LeadNowhereAsync(events, delivery, cancellationToken) is { } nowhere)
            return nowhere;
        var reading = await _configurations.ReadAsync(notBefore, cancellationToken);
        if (reading is not Reading<Configuration>.Ready { Value: var configuration })
            return new Attempt.Ended(RunResult.Unread(reading));
        var request = RequestUnder(configuration.Policy, events, delivery);
        if (request.Scope is Scope.Nothing or Scope.Later)
            return Nowhere(request);

        var before = ec2.Calls.Values.Sum();
        var inventory = await new Survey(ec2, settings.Deployment, configuration, time, cancellationToken).ReadAsync(request.Scope);
        if (inventory.SessionCoverage is SessionCoverage.Account)
            state.FullSyncs.Calls = ec2.Calls.Values.Sum() - before;
        var situation = new Situation(settings.Deployment, configuration, inventory)
        {
            Findings = Findings.Of(request, configuration.Policy, inventory.Now),
            AllowDeletes = request.AllowDeletes,
        };
        return new Attempt.Planned(request, situation, CheckedPlan.Of(situation));
    }

    private async Task<RunResult> CarryOutAsync(Attempt.Planned attempt, Delivery delivery, CancellationToken cancellationToken)
    {
        var (request, situation, (plan, broken, _)) = attempt;
        if (WhyNotCarriedOut(attempt) is { } by)
            return RunResult.OfPlan(request, Report.OfPlan(request, situation, plan, by, Calls), situation.Inventory, broken);

        var context = new ApplyContext(ec2, state.ChangeLimiter, time, delivery.RequestId, delivery.StopAt);
        var applied = await new Applier(context, new SecondLook(ec2, situation)).ApplyAsync(plan, cancellationToken);
        var report = Report.OfApplied(request, situation, plan, applied, Calls);
        if (plan.IsFullSync && report.Converged)
            state.FullSyncs.LastAt = situation.Inventory.Now;

        // The configuration names something that does not exist: the next try must see what a person has corrected by then.
        if (applied.Any(each => each.Outcome is Outcome.Failed { Refusal.Kind: RefusalKind.ConfiguredGone }))
            state.Configuration.Drop();
        return RunResult.Of(request, report, situation.Inventory);
    }

    private static WithheldBy? WhyNotCarriedOut(Attempt.Planned attempt) =>
        attempt.Checked.BrokenRules.Count > 0 ? WithheldBy.BrokenPlan
        : attempt.Request.DryRun ? WithheldBy.DryRun
        : attempt.Situation.Policy.Mode == PolicyMode.Observe ? WithheldBy.Mode
        : null;

    /// <summary>Events that lead nowhere cost at most one read of Parameter Store: this says so before anything else is read.</summary>
    private async Task<Attempt.Ended?> LeadNowhereAsync(
        IReadOnlyList<MirrorEvent> events, Delivery delivery, CancellationToken cancellationToken)
    {
        var policy = state.Configuration.ParametersAt(time.GetUtcNow())?.Value.Policy;
        if (policy is null && ScopeRules.DependOnPolicy(events))
        {
            var reading = await _configurations.ReadParametersAsync(cancellationToken);
            if (reading is not Reading<ParameterSet>.Ready { Value.Policy: var read })
                return new Attempt.Ended(RunResult.Unread(reading));
            policy = read;
        }

        var request = RequestUnder(policy ?? Policy.Default, events, delivery);
        return request.Scope is Scope.Nothing or Scope.Later ? Nowhere(request) : null;
    }

    private Request RequestUnder(Policy policy, IReadOnlyList<MirrorEvent> events, Delivery delivery)
    {
        var nextAllowed = state.FullSyncs.LastAt + ScopeRules.BetweenSharedSyncs;
        var rules = new ScopeRules(
            policy, settings, state.FullSyncs.LastAt, delivery.CanDefer && nextAllowed > time.GetUtcNow() ? nextAllowed : null);
        return Request.Of(events, rules, state.FullSyncs.Calls);
    }

    private Attempt.Ended Nowhere(Request request) => new(new RunResult(request, Report.OfNothing(request, Calls), null));

    private IReadOnlyDictionary<string, int> Calls => ApiCalls.Of(("ec2", ec2.Calls), ("ssm", parameters.Calls));

    private abstract record Attempt
    {
        public sealed record Ended(RunResult Result) : Attempt;
        public sealed record Planned(Request Request, Situation Situation, CheckedPlan Checked) : Attempt;
    }
}

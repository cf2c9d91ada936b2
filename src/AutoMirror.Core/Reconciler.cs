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
    private readonly EquipmentReader _equipment = new(ec2, state.Equipment, time, settings.Account);

    /// <summary>Brings the sessions where the events lead in step with what is running there.</summary>
    public async Task<RunResult> RunAsync(IReadOnlyList<MirrorEvent> events, Delivery delivery, CancellationToken cancellationToken)
    {
        if (events.OfType<MirrorEvent.ParameterChange>().Any(change => settings.IsOwnParameter(change.Name)))
            state.Configuration.Drop();
        if (state.IsCold(time.GetUtcNow()) && await LeadNowhereAsync(events, delivery, cancellationToken) is { } nowhere)
            return nowhere.Result;

        var rounds = new List<Round>();
        Func<Policy, Request> requestUnder = policy => RequestUnder(policy, events, delivery);
        while (true)
        {
            var attempt = await PlanAsync(requestUnder, notBefore: null, cancellationToken);

            // Another process may act on a newer configuration: no delete and no move rests on a copy from before this invocation.
            if (attempt is Attempt.Planned { Checked.RestsOnConfiguration: true, Situation.Configuration.ReadAt: var readAt }
                && readAt < _startedAt)
            {
                attempt = await PlanAsync(requestUnder, notBefore: _startedAt, cancellationToken);
            }

            if (attempt is Attempt.Planned { Situation: var situation, Checked: var plan })
                delivery.OnPlanned(situation, plan);
            if (attempt is not Attempt.Planned planned || WhyNotCarriedOut(planned) is not null)
                return Concluded(attempt, rounds);
            var round = await CarryOutAsync(planned, delivery, cancellationToken);
            rounds.Add(round);

            // What EC2 shows may lag behind what an event, or EC2's own refusal, says: such places are looked at again, and only they.
            if (round.Unsettled() is not { } unsettled || !await WaitForLookAsync(rounds.Count, delivery, cancellationToken))
                return Concluded(attempt, rounds);
            requestUnder = _ => planned.Request with { Scope = unsettled };
        }
    }

    /// <summary>Reads the configuration and the equipment ahead of the first event, so
    /// that the event does not have to wait for them.</summary>
    public async Task<Reading<Configuration>> WarmUpAsync(CancellationToken cancellationToken)
    {
        var reading = await _configurations.ReadAsync(notBefore: null, cancellationToken);
        if (reading is Reading<Configuration>.Ready { Value: var configuration })
            await _equipment.ReadAsync(configuration, notBefore: null, confirms: false, cancellationToken);
        return reading;
    }

    /// <summary>From events to a checked plan, under one configuration: configuration → scope → inventory and equipment → plan.</summary>
    private async Task<Attempt> PlanAsync(
        Func<Policy, Request> requestUnder, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var reading = await _configurations.ReadAsync(notBefore, cancellationToken);
        if (reading is not Reading<Configuration>.Ready { Value: var configuration })
            return new Attempt.Ended(RunResult.Unread(reading));
        var request = requestUnder(configuration.Policy);
        if (request.Scope is Scope.Nothing or Scope.Later)
            return Nowhere(request);

        var confirms = request.Scope is Scope.Everything or Scope.Part { Targets.IsEmpty: false };
        var equipping = _equipment.ReadAsync(configuration, notBefore, confirms, cancellationToken);
        var before = ec2.Calls.Values.Sum();
        var survey = new Survey(ec2, settings.Deployment, settings.Account, configuration, time, cancellationToken);
        var inventory = await survey.ReadAsync(request.Scope);
        if (inventory.SessionCoverage is SessionCoverage.Account)
            state.FullSyncs.Calls = ec2.Calls.Values.Sum() - before;
        var witnesses = Witnesses.Of(request, inventory.Now);
        var situation = new Situation(settings.Deployment, configuration, inventory)
        {
            Account = settings.Account,
            Equipment = (await equipping).Heeding(witnesses),
            RefusedFamilies = state.RefusedFamilies.Snapshot(),
            TimedWishes = TimedWishes.Of(request, configuration.Policy, inventory.Now),
            Contradictions = Contradictions.In(inventory, configuration.Policy, witnesses),
            AllowDeletes = request.AllowDeletes && settings.AllowDeletes,
            IsDenied = request.AllowDeletes && !settings.AllowDeletes,
        };
        return new Attempt.Planned(request, situation, CheckedPlan.Of(situation));
    }

    private static WithheldBy? WhyNotCarriedOut(Attempt.Planned attempt) =>
        attempt.Checked.BrokenRules.Count > 0 ? WithheldBy.BrokenPlan
        : attempt.Request.DryRun ? WithheldBy.DryRun
        : attempt.Situation.Policy.Mode == PolicyMode.Observe ? WithheldBy.Mode
        : null;

    private async Task<Round> CarryOutAsync(Attempt.Planned attempt, Delivery delivery, CancellationToken cancellationToken)
    {
        var (situation, plan) = (attempt.Situation, attempt.Checked.Plan);
        var context = new ApplyContext
        {
            Ec2 = ec2,
            Limiter = state.ChangeLimiter,
            RefusedFamilies = state.RefusedFamilies,
            Time = time,
            RequestId = delivery.RequestId,
            StartedAt = _startedAt,
            StopAt = delivery.StopAt,
            OnDone = delivery.OnDone,
        };
        var applied = await new Applier(context, new SecondLook(ec2, situation)).ApplyAsync(plan, cancellationToken);

        // The configuration names something that does not exist: the next try must see what a person has corrected by then.
        if (applied.Any(each => each.Outcome is Outcome.Failed { Refusal.Kind: RefusalKind.ConfiguredGone }))
            state.Configuration.Drop();
        return new Round(attempt.Request, situation, plan, applied);
    }

    private async Task<bool> WaitForLookAsync(int look, Delivery delivery, CancellationToken cancellationToken)
    {
        if (Looks.WaitBefore(look, time.GetUtcNow(), delivery.StopAt) is not { } wait)
            return false;
        await Task.Delay(wait, time, cancellationToken);
        return true;
    }

    /// <summary>How the run ended: by what its rounds did, else by a plan that was not carried out, else before there was one.</summary>
    private RunResult Concluded(Attempt last, IReadOnlyList<Round> rounds)
    {
        if (last is Attempt.Planned { Request: var request, Situation: var situation, Checked: var (plan, broken, _) } planned
            && WhyNotCarriedOut(planned) is { } by && (rounds.Count == 0 || broken.Count > 0))
        {
            return RunResult.OfPlan(request, Report.OfPlan(request, situation, plan, by, Calls), situation.Inventory.Gaps, broken);
        }

        if (last is Attempt.Ended { Result: var result } && rounds.Count == 0)
            return result;
        var report = Report.OfApplied(rounds, Calls);
        if (rounds[0].Plan.IsFullSync && report.Converged)
            state.FullSyncs.Ended(rounds[0].Situation.Inventory.Now);
        return RunResult.Of(rounds[0].Request, report, [.. rounds.SelectMany(round => round.Situation.Inventory.Gaps)]);
    }

    /// <summary>In a cold process, events that lead nowhere cost at most one read of Parameter Store: this says
    /// so before anything else is read. Only for the event of a sensor's host the hosts are read first.</summary>
    private async Task<Attempt.Ended?> LeadNowhereAsync(
        IReadOnlyList<MirrorEvent> events, Delivery delivery, CancellationToken cancellationToken)
    {
        if (state.Equipment.Hosts is null && ScopeRules.DependOnHosts(events))
            await WarmUpAsync(cancellationToken);
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
        var now = time.GetUtcNow();
        var lastAt = state.FullSyncs.LastBefore(now);
        var nextAllowed = lastAt + ScopeRules.BetweenSharedSyncs;
        var remembered = new Remembered
        {
            LastFullSyncAt = lastAt,
            EarliestSharedSync = delivery.CanDefer && nextAllowed > now ? nextAllowed : null,
        };
        if (state.Equipment.Hosts is { } hosts)
            remembered = remembered with { SensorHosts = hosts };
        return Request.Of(events, new ScopeRules(policy, settings, remembered), state.FullSyncs.Calls);
    }

    private Attempt.Ended Nowhere(Request request) => new(new RunResult(request, Report.OfNothing(request, Calls), null));

    private IReadOnlyDictionary<string, int> Calls => ApiCalls.Of(("ec2", ec2.Calls), ("ssm", parameters.Calls));

    private abstract record Attempt
    {
        public sealed record Ended(RunResult Result) : Attempt;
        public sealed record Planned(Request Request, Situation Situation, CheckedPlan Checked) : Attempt;
    }
}

using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core;

/// <summary>The whole flow on one screen: events → scope → inventory → plan → check → apply → report. One object serves one invocation.</summary>
/// <param name="ec2">EC2.</param>
/// <param name="parameters">Parameter Store.</param>
/// <param name="state">What is kept between invocations.</param>
/// <param name="time">The clock.</param>
/// <param name="options">What the deployment is set to.</param>
public sealed class Reconciler(IEc2 ec2, IParameterStore parameters, WarmState state, TimeProvider time, ReconcilerOptions options)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Brings the sessions where the events lead to in step with what is running there.</summary>
    public async Task<Conclusion> RunAsync(MirrorRequest request, string requestId, DateTimeOffset stopAt, CancellationToken cancellationToken)
    {
        if (request.Events.OfType<MirrorEvent.ParameterChange>().Any(change => options.Scoping.IsOwnParameter(change.Name)))
            state.Setup.Drop();
        if (await FirstScopeAsync(request, cancellationToken) is Scope.Nothing nothing)
            return new Conclusion.Reported(Report.Of(request, nothing, Calls));

        var reading = await ReadSetupAsync(notBefore: null, cancellationToken);
        while (reading is SetupReading.Ready { Setup: var setup })
        {
            var scope = setup.Policy.Mode == PolicyMode.Off
                ? new Scope.Nothing("the policy's mode is \"off\"")
                : Widening.Of(Rules(setup.Policy).Of(request), state.SweepCalls);
            if (scope is Scope.Nothing none)
                return new Conclusion.Reported(Report.Of(request, none, Calls));

            var inventory = await ObserveAsync(request, scope, setup, cancellationToken);
            var plan = Planner.Plan(options.Deployment, setup, inventory);

            // Another sandbox may act on a newer configuration: no delete or target change rests on a copy from before this invocation.
            if (setup.ReadAt < _startedAt && plan.Changes.Any(change => change.CountsAgainstLimits))
            {
                reading = await ReadSetupAsync(notBefore: _startedAt, cancellationToken);
                continue;
            }

            plan = plan.Turn(setup, inventory, request.AllowDeletes);
            if (PlanRules.Broken(plan, options.Deployment, setup, inventory, request.AllowDeletes) is { Count: > 0 } broken)
                return Conclusion.Broken(Report.NotCarriedOut(request, scope, plan, WithheldBy.BrokenPlan, Calls), broken);
            if (request.DryRun || setup.Policy.Mode == PolicyMode.Observe)
                return Conclusion.Of(Report.NotCarriedOut(request, scope, plan, request.DryRun ? WithheldBy.DryRun : WithheldBy.Mode, Calls), inventory);

            var run = new ApplyRun(requestId, stopAt, options.Concurrency, state.Budget, new SecondLook(ec2, options.Deployment, setup, inventory));
            var applied = await new Applier(ec2, time, run).ApplyAsync(plan, cancellationToken);
            var report = Report.CarriedOut(request, scope, setup, plan, applied, Calls);
            if (plan.IsFullSync && report.Converged)
                state.LastSweepAt = inventory.Now;

            // The configuration names something that is not there: the next try shall see what a person has put right meanwhile.
            if (applied.Any(change => change.Outcome is Outcome.Failed { Refusal.Kind: RefusalKind.ConfiguredGone }))
                state.Setup.Drop();
            return Conclusion.Of(report, inventory);
        }

        return Conclusion.Of(reading);
    }

    /// <summary>Where one event leads to under the policy as it was last read.</summary>
    public Scope ScopeOf(MirrorEvent mirrorEvent) => Rules(state.Setup.At(time.GetUtcNow())?.Policy ?? Policy.Default).Of(mirrorEvent);

    /// <summary>Reads the setup ahead of the first event, so that the event does not have to wait for it.</summary>
    public Task<SetupReading> WarmUpAsync(CancellationToken cancellationToken) => ReadSetupAsync(notBefore: null, cancellationToken);

    private IReadOnlyDictionary<string, int> Calls => new SortedDictionary<string, int>(
        ec2.Calls.Select(call => KeyValuePair.Create($"ec2:{call.Key}", call.Value))
            .Concat(parameters.Calls.Select(call => KeyValuePair.Create($"ssm:{call.Key}", call.Value))).ToDictionary(), StringComparer.Ordinal);

    private ScopeRules Rules(Policy policy) => new(policy, options.Scoping, state.LastSweepAt);

    private SetupReader Reader => new(parameters, ec2, time, options.Scoping.Prefix);

    /// <summary>The scope as far as it can be told before any call to EC2: events that lead nowhere cost at most a look at the policy.</summary>
    private async Task<Scope> FirstScopeAsync(MirrorRequest request, CancellationToken cancellationToken)
    {
        if (state.Setup.At(time.GetUtcNow()) is { } kept)
            return Rules(kept.Policy).Of(request);
        if (!request.DependsOnPolicy)
            return Rules(Policy.Default).Of(request);
        return await Reader.ReadConfigurationAsync(cancellationToken) is ConfigurationReading.Valid { Configuration.Policy: var policy }
            ? Rules(policy).Of(request)
            : new Scope.Everything();
    }

    private async Task<Inventory> ObserveAsync(MirrorRequest request, Scope scope, Setup setup, CancellationToken cancellationToken)
    {
        var before = ec2.Calls.Values.Sum();
        var inventory = await new Observer(ec2, options.Deployment, time).ObserveAsync(scope, setup, cancellationToken);
        if (inventory.SessionCoverage is SessionCoverage.Account)
            state.SweepCalls = ec2.Calls.Values.Sum() - before;
        return inventory with { Findings = Findings.Of(request, setup.Policy, inventory.Now) };
    }

    private async Task<SetupReading> ReadSetupAsync(DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (state.Setup.At(time.GetUtcNow(), notBefore) is { } kept)
            return new SetupReading.Ready(kept);

        var reading = await Reader.ReadAsync(cancellationToken);
        if (reading is SetupReading.Ready { Setup: var setup })
            state.Setup.Keep(setup);
        return reading;
    }
}

/// <summary>What a deployment is set to.</summary>
public sealed record ReconcilerOptions
{
    /// <summary>Whose sessions it looks after.</summary>
    public Deployment Deployment { get; init; } = Deployment.Default;

    /// <summary>What decides where events lead to.</summary>
    public ScopeSetting Scoping { get; init; } = new("us-east-1", "/automirror");

    /// <summary>How many changes of a kind are under way at once.</summary>
    public int Concurrency { get; init; } = 8;
}

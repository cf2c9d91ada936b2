using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core;

/// <summary>The whole flow on one screen: scope → inventory → plan → check → apply → report. One object serves one invocation.</summary>
/// <param name="ec2">EC2.</param>
/// <param name="parameters">Parameter Store.</param>
/// <param name="cache">What is kept of the setup between invocations.</param>
/// <param name="time">The clock.</param>
/// <param name="options">What the deployment is set to.</param>
public sealed class Reconciler(IEc2 ec2, IParameterStore parameters, SetupCache cache, TimeProvider time, ReconcilerOptions options)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Brings the sessions in a scope in step with what is running there.</summary>
    public async Task<Conclusion> RunAsync(MirrorRequest request, string requestId, DateTimeOffset stopAt, CancellationToken cancellationToken)
    {
        if (request.Scope is Scope.Nothing nothing)
            return new Conclusion.Reported(Report.Of(request, nothing, Calls));

        var reading = await ReadSetupAsync(notBefore: null, cancellationToken);
        while (reading is SetupReading.Ready { Setup: var setup })
        {
            if (setup.Policy.Mode == PolicyMode.Off)
                return new Conclusion.Reported(Report.Of(request, new Scope.Nothing("the policy's mode is \"off\""), Calls));

            var inventory = await new Observer(ec2, options.Deployment).ObserveAsync(request.Scope, setup, cancellationToken);
            var plan = Planner.Plan(options.Deployment, setup, inventory);

            // Another sandbox may act on a newer configuration: no delete or target change rests on a copy from before this invocation.
            if (setup.ReadAt < _startedAt && plan.Changes.Any(change => change.CountsAgainstLimits))
            {
                reading = await ReadSetupAsync(notBefore: _startedAt, cancellationToken);
                continue;
            }

            plan = plan.Turn(setup, inventory, request.AllowDeletes);
            if (PlanRules.Broken(plan, options.Deployment, setup, inventory, request.AllowDeletes) is { Count: > 0 } broken)
                return Conclusion.Broken(Report.NotCarriedOut(request, plan, WithheldBy.BrokenPlan, Calls), broken);
            if (request.DryRun || setup.Policy.Mode == PolicyMode.Observe)
                return Conclusion.Of(Report.NotCarriedOut(request, plan, request.DryRun ? WithheldBy.DryRun : WithheldBy.Mode, Calls), inventory);

            var secondLook = new SecondLook(ec2, options.Deployment, setup, inventory);
            var applied = await new Applier(ec2, time, new ApplyRun(requestId, stopAt, options.Concurrency, secondLook)).ApplyAsync(plan.Changes, cancellationToken);
            return Conclusion.Of(Report.CarriedOut(request, setup, plan, applied, Calls), inventory);
        }

        return Conclusion.Of(reading);
    }

    /// <summary>Reads the setup ahead of the first event, so that the event does not have to wait for it.</summary>
    public Task<SetupReading> WarmUpAsync(CancellationToken cancellationToken) => ReadSetupAsync(notBefore: null, cancellationToken);

    private IReadOnlyDictionary<string, int> Calls => new SortedDictionary<string, int>(
        ec2.Calls.Select(call => KeyValuePair.Create($"ec2:{call.Key}", call.Value))
            .Concat(parameters.Calls.Select(call => KeyValuePair.Create($"ssm:{call.Key}", call.Value))).ToDictionary(), StringComparer.Ordinal);

    private async Task<SetupReading> ReadSetupAsync(DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (cache.At(time.GetUtcNow(), notBefore) is { } kept)
            return new SetupReading.Ready(kept);

        var reading = await new SetupReader(parameters, ec2, time, options.Prefix).ReadAsync(cancellationToken);
        if (reading is SetupReading.Ready { Setup: var setup })
            cache.Keep(setup);
        return reading;
    }
}

/// <summary>What a deployment is set to.</summary>
public sealed record ReconcilerOptions
{
    /// <summary>Whose sessions it looks after.</summary>
    public Deployment Deployment { get; init; } = Deployment.Default;

    /// <summary>Where in Parameter Store its configuration is.</summary>
    public string Prefix { get; init; } = "/automirror";

    /// <summary>How many changes of a kind are under way at once.</summary>
    public int Concurrency { get; init; } = 8;
}

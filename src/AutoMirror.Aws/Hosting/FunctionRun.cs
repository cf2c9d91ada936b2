using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using AutoMirror.Core;
using AutoMirror.Core.Batching;
using AutoMirror.Core.Events;

namespace AutoMirror.Aws.Hosting;

/// <summary>What one invocation works with: the ports, each with its count of calls, and Core over them.</summary>
internal sealed class FunctionRun
{
    private readonly AwsCaller _ec2Caller;
    private readonly AwsCaller _ssmCaller;
    private readonly CallBudget _budget;
    private readonly long _startedAt;

    public FunctionRun(
        Settings settings, IAmazonEC2 ec2, IAmazonSimpleSystemsManagement ssm, IAmazonSQS? sqs, WarmState state, CallBudget budget, TimeProvider time)
    {
        _budget = budget;
        _ec2Caller = new AwsCaller(budget, state.ReadBudgetOf);
        _ssmCaller = new AwsCaller(budget, state.ReadBudgetOf);
        _startedAt = time.GetTimestamp();
        Reconciler = new Reconciler(
            new Ec2Port(ec2, _ec2Caller),
            new ParameterStorePort(ssm, _ssmCaller),
            state,
            time,
            new ReconcilerOptions
            {
                Deployment = settings.Deployment,
                Scoping = new ScopeSetting(settings.Region, settings.Prefix, settings.RoleName, settings.FunctionName),
            });

        // What is left is handed on when the time for changes is over, so the queue's own calls have until a little later.
        var lastWord = budget with { StopAt = budget.StopAt + StopTime.LastWord };
        Batch = new BatchRun(Reconciler, sqs is null || settings.Queue is null ? null : new ContinuationQueue(sqs, settings.Queue, new AwsCaller(lastWord)), state, time);
    }

    public Reconciler Reconciler { get; }

    public BatchRun Batch { get; }

    public DateTimeOffset StopAt => _budget.StopAt;

    public TimeSpan Elapsed => _budget.Time.GetElapsedTime(_startedAt);

    public int Throttles => _ec2Caller.Throttles + _ssmCaller.Throttles;
}

using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using AutoMirror.Core;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws.Hosting;

/// <summary>What one invocation works with: the ports, each with its count of calls, and Core over them.</summary>
internal sealed class Composition
{
    private readonly AwsCaller _ec2Caller;
    private readonly AwsCaller _ssmCaller;
    private readonly long _startedAt;

    public Composition(
        Settings settings, string? account, IAmazonEC2 ec2, IAmazonSimpleSystemsManagement ssm, IAmazonSQS? sqs, WarmState state,
        RetryPolicy retries)
    {
        StopAt = retries.StopAt;
        Time = retries.Time;
        _startedAt = Time.GetTimestamp();
        _ec2Caller = new AwsCaller(retries, state.LimiterOf);
        _ssmCaller = new AwsCaller(retries, state.LimiterOf);
        Reconciler = new Reconciler(
            new Ec2Port(ec2, _ec2Caller), new ParameterStorePort(ssm, _ssmCaller), state, retries.Time,
            settings.ForDeployment with { Account = account });

        // What is left is handed on when the time for changes is over, so the queue's own calls have until a little later.
        var lastWord = retries with { StopAt = retries.StopAt + StopTime.LastWord };
        Queue = sqs is null || settings.Queue is null ? null : new ContinuationQueue(sqs, settings.Queue, new AwsCaller(lastWord));
    }

    public Reconciler Reconciler { get; }

    /// <summary>The invocation's clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>When no further change is started.</summary>
    public DateTimeOffset StopAt { get; }

    /// <summary>The function's queue; null where it does not know one.</summary>
    public IContinuationQueue? Queue { get; }

    /// <summary>How long the invocation has run.</summary>
    public TimeSpan Elapsed => Time.GetElapsedTime(_startedAt);

    /// <summary>How many calls were throttled so far.</summary>
    public int Throttles => _ec2Caller.Throttles + _ssmCaller.Throttles;
}

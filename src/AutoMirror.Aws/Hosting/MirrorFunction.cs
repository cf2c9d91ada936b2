using System.Diagnostics;
using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Core;
using AutoMirror.Core.Events;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Reporting;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>The function that every host calls: an event's bytes in, an answer's bytes out. Holds what is kept between invocations.</summary>
public sealed class MirrorFunction : IDisposable
{
    // Before the deadline the report has to be written and answered; what AWS has not answered by then is left to the next invocation.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);
    private const double MarginShare = 0.2;

    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(4);

    private readonly Settings _settings;
    private readonly IReadOnlyList<string> _wrongSettings;
    private readonly TimeProvider _time;
    private readonly JsonLineLogger _log;
    private readonly IAmazonEC2 _ec2;
    private readonly IAmazonSimpleSystemsManagement _ssm;
    private readonly SetupCache _cache = new();
    private readonly Func<double> _jitter;

    internal MirrorFunction(
        Settings settings, IReadOnlyList<string> wrongSettings, IAmazonEC2 ec2, IAmazonSimpleSystemsManagement ssm, Stream log, TimeProvider time, Func<double> jitter)
    {
        _settings = settings;
        _wrongSettings = wrongSettings;
        _time = time;
        _jitter = jitter;
        _log = new JsonLineLogger(log, time, settings.LogLevel);
        _ec2 = ec2;
        _ssm = ssm;
    }

    /// <summary>The function as the environment sets it up. Wrong settings are told by <see cref="InvokeAsync"/>, as failures.</summary>
    /// <param name="log">Where log lines go.</param>
    public static MirrorFunction FromEnvironment(Stream log)
    {
        var errors = new List<string>();
        var settings = Settings.Read(Environment.GetEnvironmentVariable, errors);
        InstanceTypeSeed.Plant();
        var credentials = Clients.Credentials(Environment.GetEnvironmentVariable, errors);
        return new MirrorFunction(
            settings, errors, Clients.Ec2(settings, credentials), Clients.Ssm(settings, credentials), log, TimeProvider.System, Random.Shared.NextDouble);
    }

    /// <summary>Pays what the first invocation would have to pay: hashing, TLS, and the configuration. What fails here is only told: the first event tries again.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (_wrongSettings.Count > 0)
            return;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(WarmUpLimit);
            var reading = await NewReconciler(_time.GetUtcNow() + WarmUpLimit).WarmUpAsync(limit.Token);
            if (reading is SetupReading.Unreachable { What: var what, Refusal: var refusal })
                _log.ColdStart($"{what} answered {refusal}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _log.ColdStart($"the configuration did not come within {WarmUpLimit.TotalSeconds} s");
        }
    }

    /// <summary>Handles one event. Never throws: a bug is a failure with its stack trace.</summary>
    /// <param name="payload">The event: one JSON document in UTF-8.</param>
    /// <param name="invocation">What the host knows of it.</param>
    /// <param name="cancellationToken">Ends the work at once; what was done stays done.</param>
    public async Task<InvocationOutcome> InvokeAsync(ReadOnlyMemory<byte> payload, Invocation invocation, CancellationToken cancellationToken)
    {
        var log = _log.With(new("requestId", invocation.RequestId), new("traceId", invocation.TraceId));
        var startedAt = _time.GetTimestamp();
        try
        {
            return await RunAsync(payload, invocation, cancellationToken) switch
            {
                Conclusion.Reported { Report: var report } => Answer(log, report, _time.GetElapsedTime(startedAt)),
                Conclusion.Failed failed => Fail(log, failed, _time.GetElapsedTime(startedAt)),
                _ => throw new UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(log, new Conclusion.Failed(Conclusion.UnfinishedType, "The invocation was ended before its work was done: the next event or re-sync finishes it.", null), default);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            log.Failed(bug.GetType().Name, bug.Message, bug);
            return new InvocationOutcome.Failed(bug.GetType().Name, bug.Message, (bug.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ec2.Dispose();
        _ssm.Dispose();
    }

    private async Task<Conclusion> RunAsync(ReadOnlyMemory<byte> payload, Invocation invocation, CancellationToken cancellationToken)
    {
        if (_wrongSettings.Count > 0)
            return new Conclusion.Failed(Conclusion.MisconfiguredType, $"The function's environment is wrong, and nothing was done. Correct: {string.Join("; ", _wrongSettings)}.", null);

        var mirrorEvent = EventParser.Parse(payload);
        if (mirrorEvent is MirrorEvent.Malformed malformed)
            return new Conclusion.Failed(Conclusion.MalformedEventType, $"The event was not understood, and nothing was done: {malformed}.", null);

        var stopAt = StopAt(invocation.Deadline);
        return await NewReconciler(stopAt).RunAsync(MirrorRequest.From(mirrorEvent)!, invocation.RequestId, stopAt, cancellationToken);
    }

    private DateTimeOffset StopAt(DateTimeOffset deadline)
    {
        var share = (deadline - _time.GetUtcNow()) * MarginShare;
        return deadline - (share < Margin ? share : Margin);
    }

    private Reconciler NewReconciler(DateTimeOffset stopAt)
    {
        var budget = new CallBudget(_time, stopAt, _jitter);
        return new Reconciler(
            new Ec2Port(_ec2, new AwsCaller(budget)),
            new ParameterStorePort(_ssm, new AwsCaller(budget)),
            _cache,
            _time,
            new ReconcilerOptions { Deployment = _settings.Deployment, Prefix = _settings.Prefix });
    }

    private static InvocationOutcome.Answered Answer(ILogger log, Report report, TimeSpan duration)
    {
        log.Report(report, duration);
        return new InvocationOutcome.Answered(ReportJson.Write(report));
    }

    private static InvocationOutcome.Failed Fail(ILogger log, Conclusion.Failed failed, TimeSpan duration)
    {
        if (failed.Report is { } report)
            log.Report(report, duration);
        log.Failed(failed.ErrorType, failed.Message, bug: null);
        return new InvocationOutcome.Failed(failed.ErrorType, failed.Message, []);
    }
}

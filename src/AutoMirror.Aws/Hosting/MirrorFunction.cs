using System.Diagnostics;
using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using AutoMirror.Core;
using AutoMirror.Core.Events;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Reporting;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>The function that every host calls: an event's bytes in, an answer's bytes out. Holds what is kept between invocations.</summary>
public sealed class MirrorFunction : IDisposable
{
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(4);

    private readonly Settings _settings;
    private readonly IReadOnlyList<string> _wrongSettings;
    private readonly TimeProvider _time;
    private readonly JsonLineLogger _log;
    private readonly IAmazonEC2 _ec2;
    private readonly IAmazonSimpleSystemsManagement _ssm;
    private readonly IAmazonSQS? _sqs;
    private readonly WarmState _state;
    private readonly Func<double> _jitter;

    internal MirrorFunction(
        Settings settings,
        IReadOnlyList<string> wrongSettings,
        IAmazonEC2 ec2,
        IAmazonSimpleSystemsManagement ssm,
        IAmazonSQS? sqs,
        Stream log,
        TimeProvider time,
        Func<double> jitter)
    {
        _settings = settings;
        _wrongSettings = wrongSettings;
        _time = time;
        _jitter = jitter;
        _log = new JsonLineLogger(log, time, settings.LogLevel);
        _ec2 = ec2;
        _ssm = ssm;
        _sqs = sqs;
        _state = new WarmState(time);
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
            settings,
            errors,
            Clients.Ec2(settings, credentials),
            Clients.Ssm(settings, credentials),
            settings.Queue is null ? null : Clients.Sqs(settings, credentials),
            log,
            TimeProvider.System,
            Random.Shared.NextDouble);
    }

    /// <summary>Pays what the first invocation would have to pay: hashing, TLS, and the configuration. What fails here is only told: the first event tries again.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (_wrongSettings.Count > 0)
            return;
        try
        {
            using var limit = new CancellationTokenSource(WarmUpLimit, _time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var reading = await NewRun(_time.GetUtcNow() + WarmUpLimit).Reconciler.WarmUpAsync(ended.Token);
            if (reading is SetupReading.Unreachable { What: var what, Refusal: var refusal })
                _log.ColdStart($"{what} answered {refusal}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _log.ColdStart($"the configuration did not come within {WarmUpLimit.TotalSeconds} s");
        }
    }

    /// <summary>Handles one event, or a batch of them. Never throws: a bug is a failure with its stack trace.</summary>
    /// <param name="payload">The event: one JSON document in UTF-8.</param>
    /// <param name="invocation">What the host knows of it.</param>
    /// <param name="cancellationToken">Ends the work at once; what was done stays done.</param>
    public async Task<InvocationOutcome> InvokeAsync(ReadOnlyMemory<byte> payload, Invocation invocation, CancellationToken cancellationToken)
    {
        var log = _log.With(new("requestId", invocation.RequestId), new("traceId", invocation.TraceId));
        try
        {
            return await RunAsync(log, payload, invocation, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(log, Conclusion.UnfinishedType, "The invocation was ended before its work was done: the next event or re-sync finishes it.");
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            log.Failed(bug.GetType().Name, bug.Message, bug);
            return new InvocationOutcome.Failed(
                bug.GetType().Name, bug.Message, (bug.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ec2.Dispose();
        _ssm.Dispose();
        _sqs?.Dispose();
    }

    private async Task<InvocationOutcome> RunAsync(JsonLineLogger log, ReadOnlyMemory<byte> payload, Invocation invocation, CancellationToken cancellationToken)
    {
        if (_wrongSettings.Count > 0)
            return Fail(log, Conclusion.MisconfiguredType, $"The function's environment is wrong, and nothing was done. Correct: {string.Join("; ", _wrongSettings)}.");

        var run = NewRun(StopTime.Before(invocation.Deadline, _time.GetUtcNow()));
        switch (EventParser.Parse(payload))
        {
            case MirrorEvent.Malformed malformed:
                return Fail(log, Conclusion.MalformedEventType, $"The event was not understood, and nothing was done: {malformed}.");

            case MirrorEvent.Batch batch:
                var ended = await run.Batch.RunAsync(batch, invocation.RequestId, run.StopAt, cancellationToken);
                foreach (var error in ended.Errors)
                    log.BatchError(error);
                log.BatchDone(batch.Records.Count, ended.FailedMessageIds.Count);
                return Tell(log, run, new MirrorRequest([.. batch.Records.Select(record => record.Event)]), ended.Conclusion, _ => BatchAnswer.Write(ended.FailedMessageIds));

            case var single:
                var request = new MirrorRequest([single]);
                return Tell(log, run, request, await run.Reconciler.RunAsync(request, invocation.RequestId, run.StopAt, cancellationToken), ReportJson.Write);
        }
    }

    private FunctionRun NewRun(DateTimeOffset stopAt) => new(_settings, _ec2, _ssm, _sqs, _state, new CallBudget(_time, stopAt, _jitter), _time);

    private InvocationOutcome Tell(JsonLineLogger log, FunctionRun run, MirrorRequest request, Conclusion conclusion, Func<Report, byte[]> answer)
    {
        var report = conclusion switch
        {
            Conclusion.Reported reported => reported.Report,
            Conclusion.Failed failed => failed.Report,
            _ => throw new UnreachableException(),
        };
        if (report is not null)
        {
            log.Report(report, run.Elapsed);
            if (log.IsEnabled(LogLevel.Information))
            {
                foreach (var line in MetricsLine.Of(_settings.Deployment, report, request, run.Throttles, _time.GetUtcNow()))
                    log.Write(line);
            }
        }

        return conclusion switch
        {
            Conclusion.Failed failed => Fail(log, failed.ErrorType, failed.Message),
            _ => new InvocationOutcome.Answered(answer(report!)),
        };
    }

    private static InvocationOutcome.Failed Fail(JsonLineLogger log, string errorType, string message)
    {
        log.Failed(errorType, message, bug: null);
        return new InvocationOutcome.Failed(errorType, message, []);
    }
}

using System.Diagnostics;
using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using AutoMirror.Aws.SdkRepairs;
using AutoMirror.Core;
using AutoMirror.Core.Batching;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Aws.Hosting;

/// <summary>The function that every host calls: an event's bytes in, an answer's bytes
/// out. Holds what is remembered between invocations.</summary>
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

    /// <summary>The function as the environment sets it up. <see cref="InvokeAsync"/> reports wrong settings, as failures.</summary>
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

    /// <summary>Logs which build this is, and warms hashing, TLS and the configuration, so that the first event does not have
    /// to. A failure is only logged: the first event retries.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        _log.Starts(Build.Own.Version, Build.Own.Commit);
        if (_wrongSettings.Count > 0)
            return;
        try
        {
            using var limit = new CancellationTokenSource(WarmUpLimit, _time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var reading = await Compose(_time, _time.GetUtcNow() + WarmUpLimit, account: null).Reconciler.WarmUpAsync(ended.Token);
            if (reading is Reading<Configuration>.Unreachable { Action: var action, Refusal: var refusal })
                _log.ColdStart($"{action} answered {refusal}");
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
    public async Task<InvocationOutcome> InvokeAsync(
        ReadOnlyMemory<byte> payload, Invocation invocation, CancellationToken cancellationToken)
    {
        var log = _log.With(new("requestId", invocation.RequestId), new("traceId", invocation.TraceId));
        try
        {
            return await RunAsync(log, payload, invocation, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception is OperationCanceledException && cancellationToken.IsCancellationRequested
                ? Fail(log, ErrorTypes.Unfinished, "The invocation was ended before its work was done: the next one finishes it.")
                : Fail(log, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ec2.Dispose();
        _ssm.Dispose();
        _sqs?.Dispose();
    }

    private async Task<InvocationOutcome> RunAsync(
        JsonLineLogger log, ReadOnlyMemory<byte> payload, Invocation invocation, CancellationToken cancellationToken)
    {
        if (_wrongSettings.Count > 0)
            return Fail(log, ErrorTypes.Misconfigured, EnvironmentError);

        var time = new SteadyTime(_time);
        var composition = Compose(time, StopTime.Before(invocation.Deadline, time.GetUtcNow()), invocation.Account);
        var delivery = new Delivery(invocation.RequestId, composition.StopAt) { OnDone = log.SessionChanged };
        return EventParser.Parse(payload) switch
        {
            Payload.Events { Readings: var readings } => await HandleEventsAsync(log, readings, composition, delivery, cancellationToken),
            Payload.Batch batch => await HandleBatchAsync(log, batch, composition, delivery, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<InvocationOutcome> HandleEventsAsync(
        JsonLineLogger log, IReadOnlyList<EventReading> readings, Composition composition, Delivery delivery,
        CancellationToken cancellationToken)
    {
        var malformed = readings.OfType<EventReading.Malformed>().FirstOrDefault();
        var events = readings.OfType<EventReading.Understood>().Select(understood => understood.Event).ToList();
        if (malformed is not null && events.Count == 0)
            return Fail(log, ErrorTypes.MalformedEvent, $"The event cannot be understood, and nothing was done: {malformed}.");
        var result = await composition.Reconciler.RunAsync(events, delivery, cancellationToken);
        return Finish(log, malformed is null ? result : DespiteOne(malformed, result), composition, ReportJson.Write);
    }

    private static RunResult DespiteOne(EventReading.Malformed malformed, RunResult result) => result with
    {
        Failure = result.Failure ?? new(
            ErrorTypes.MalformedEvent, $"One of the events cannot be understood; the others were dealt with: {malformed}."),
    };

    private async Task<InvocationOutcome> HandleBatchAsync(
        JsonLineLogger log, Payload.Batch batch, Composition composition, Delivery delivery, CancellationToken cancellationToken)
    {
        delivery = delivery with { CanDefer = composition.Queue is not null };
        var handler = new BatchHandler(
            events => composition.Reconciler.RunAsync(events, delivery, cancellationToken), composition.Queue, _state.FullSyncs,
            composition.Time);
        var ended = await handler.HandleAsync(batch, cancellationToken);
        foreach (var error in ended.Errors)
            log.BatchError(error);
        log.BatchDone(batch.Records.Count, ended.FailedMessageIds.Count);
        return Finish(log, ended.Result, composition, _ => BatchAnswer.Write(ended.FailedMessageIds));
    }

    private string EnvironmentError =>
        $"The function's environment is wrong, and nothing was done. Correct: {string.Join("; ", _wrongSettings)}.";

    private Composition Compose(TimeProvider time, DateTimeOffset stopAt, string? account) =>
        new(_settings, account, _ec2, _ssm, _sqs, _state, new RetryPolicy(time, stopAt, _jitter));

    private InvocationOutcome Finish(JsonLineLogger log, RunResult result, Composition composition, Func<Report, byte[]> answer)
    {
        if (result.Report is { } report)
        {
            log.Report(report, composition.Elapsed);
            log.Metrics(
                MetricsLine.Of(_settings.ForDeployment.Deployment, report, result.Request, composition.Throttles, _time.GetUtcNow()));
        }

        return result.Failure is { } failure
            ? Fail(log, failure.ErrorType, failure.Message)
            : new InvocationOutcome.Answered(answer(result.Report!));
    }

    private static InvocationOutcome.Failed Fail(JsonLineLogger log, Exception bug)
    {
        log.Failed(bug.GetType().Name, bug.Message, bug);
        return new InvocationOutcome.Failed(
            bug.GetType().Name, bug.Message, (bug.StackTrace ?? "")
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private static InvocationOutcome.Failed Fail(JsonLineLogger log, string errorType, string message)
    {
        log.Failed(errorType, message, bug: null);
        return new InvocationOutcome.Failed(errorType, message, []);
    }
}

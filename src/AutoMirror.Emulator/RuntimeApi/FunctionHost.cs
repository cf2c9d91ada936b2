using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>
/// A Lambda function's work: what it is given, and how each attempt ended. Every process that asks its Runtime API for the next
/// invocation is a sandbox of it, and there may be several.
/// </summary>
public sealed class FunctionHost
{
    private const string TimedOut = "Sandbox.Timedout";
    private const string Exited = "Runtime.ExitError";

    private readonly Cloud _cloud;
    private readonly Sandboxes _sandboxes;
    private readonly Retries _retries;
    private readonly List<FunctionResult> _results = [];
    private readonly List<FunctionResult> _initErrors = [];
    private readonly List<TaskCompletionSource> _idleWaiters = [];

    internal FunctionHost(Cloud cloud)
    {
        _cloud = cloud;
        _sandboxes = new(cloud, invocation => Begun?.Invoke(invocation), TimeOut);
        _retries = new(cloud, TryAgain, letter => GivenUp?.Invoke(letter));
    }

    public string Name { get; set; } = "automirror";

    public string Arn => _cloud.Arn("lambda", $"function:{Name}");

    /// <summary>How long an invocation may take.</summary>
    public TimeSpan Timeout
    {
        get => _sandboxes.Timeout;
        set => _sandboxes.Timeout = value;
    }

    /// <summary>
    /// The waits before the retries of an asynchronous event. They are fractions of a second here, and one and two minutes at Lambda
    /// ("Error handling for asynchronous invocation").
    /// </summary>
    public IReadOnlyList<TimeSpan> RetryDelays
    {
        get => _retries.Delays;
        set => _retries.Delays = value;
    }

    /// <summary>Lambda's own waits, for <see cref="RetryDelays"/>.</summary>
    public static IReadOnlyList<TimeSpan> LambdaRetryDelays { get; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>
    /// Whether a sandbox counts as lost when the connection that it got its invocation on closes soon after, and before the answer. That
    /// is right for runtimes that keep one connection. It has to be switched off for those that open one for each request, such as a
    /// shell with curl. A connection that closes later may only have been idle: then the timeout decides.
    /// </summary>
    public bool ConnectionIsSandbox { get; set; } = true;

    /// <summary>How many invocations wait for a sandbox.</summary>
    public int Pending => _cloud.InTurn(() => _sandboxes.Waiting);

    /// <summary>How many invocations sandboxes are working on.</summary>
    public int Running => _cloud.InTurn(() => _sandboxes.Running);

    /// <summary>How many sandboxes wait for work.</summary>
    public int Idle => _cloud.InTurn(() => _sandboxes.Idle);

    /// <summary>How every attempt so far ended.</summary>
    public IReadOnlyList<FunctionResult> Results => _cloud.InTurn(() => _results.ToList());

    /// <summary>The errors of initialisation that sandboxes reported.</summary>
    public IReadOnlyList<FunctionResult> InitErrors => _cloud.InTurn(() => _initErrors.ToList());

    /// <summary>The asynchronous events that were given up.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => _cloud.InTurn(() => _retries.DeadLetters.ToList());

    /// <summary>Raised within the turn when a sandbox gets an invocation.</summary>
    internal event Action<Invocation>? Begun;

    /// <summary>Raised within the turn when an attempt has ended.</summary>
    internal event Action<Invocation, FunctionResult>? Ended;

    /// <summary>Raised within the turn when an asynchronous event is given up.</summary>
    internal event Action<DeadLetter>? GivenUp;

    /// <summary>Raised after a turn in which an invocation began to wait because every sandbox is busy, or there is none.</summary>
    internal event Action? Starved;

    /// <summary>How old an asynchronous event may get before it is given up.</summary>
    internal TimeSpan MaximumEventAge
    {
        set => _retries.MaximumEventAge = value;
    }

    private bool IsIdle => _sandboxes.Waiting == 0 && _sandboxes.Running == 0 && _retries.Due == 0;

    /// <summary>Invokes and waits for the answer (RequestResponse). An error of the function is a result, not an exception.</summary>
    public Task<FunctionResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? clientContext = null)
    {
        using (_cloud.Enter())
            return Offer(New(payload) with { ClientContext = clientContext }).Completion.Task;
    }

    /// <inheritdoc cref="InvokeAsync(ReadOnlyMemory{byte}, string?)"/>
    public Task<FunctionResult> InvokeAsync(string payload) => InvokeAsync(Encoding.UTF8.GetBytes(payload));

    /// <summary>Invokes asynchronously, with retries, as EventBridge does.</summary>
    public void Enqueue(ReadOnlyMemory<byte> payload)
    {
        using (_cloud.Enter())
            Offer(New(payload) with { IsAsynchronous = true });
    }

    /// <inheritdoc cref="Enqueue(ReadOnlyMemory{byte})"/>
    public void Enqueue(string payload) => Enqueue(Encoding.UTF8.GetBytes(payload));

    /// <summary>Completes when nothing waits, runs or is to be tried again.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        using (_cloud.Enter())
        {
            if (IsIdle)
                return Task.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idleWaiters.Add(waiter);
            return waiter.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Says that the sandbox which holds an invocation is gone: the invocation fails with Lambda's error for that.</summary>
    public void Lose(string requestId) => Lose(requestId, "Runtime exited without providing a reason");

    /// <inheritdoc cref="Lose(string)"/>
    internal void Lose(string requestId, string reason)
    {
        using (_cloud.Enter())
        {
            if (_sandboxes.Find(requestId) is { } invocation)
                Fail(invocation, Exited, $"RequestId: {requestId} Error: {reason}");
        }
    }

    /// <summary>
    /// Fails the invocation that has waited longest, since the sandbox that was started for it never asked for work; null when none waits.
    /// </summary>
    internal string? FailWaiting(string type, Func<string, string> messageOf)
    {
        using (_cloud.Enter())
        {
            if (_sandboxes.TakeWaiting() is not { } invocation)
                return null;
            Fail(invocation with { BegunAt = _cloud.Now }, type, messageOf(invocation.RequestId));
            return invocation.RequestId;
        }
    }

    /// <summary>Invokes for an event source mapping, and calls it within the turn when the invocation has ended.</summary>
    internal void Invoke(ReadOnlyMemory<byte> payload, Action<FunctionResult> ended)
    {
        using (_cloud.Enter())
            Offer(New(payload) with { Ended = ended });
    }

    internal Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using (_cloud.Enter())
            return _sandboxes.NextAsync(cancellationToken);
    }

    /// <summary>Takes an answer from the runtime; false when no sandbox is working on that id.</summary>
    internal bool Answer(string requestId, bool isError, string payload, string? errorType)
    {
        using (_cloud.Enter())
        {
            if (_sandboxes.Find(requestId) is not { } invocation)
                return false;
            End(invocation, isError, payload, errorType);
            return true;
        }
    }

    /// <summary>Whether an id was answered already; false for one that nobody knows, and for one that timed out.</summary>
    internal bool WasAnswered(string requestId) => _cloud.InTurn(() => _sandboxes.WasAnswered(requestId));

    internal void InitFailed(string payload, string? errorType)
    {
        using (_cloud.Enter())
            _initErrors.Add(new("", true, payload, errorType));
    }

    private Invocation New(ReadOnlyMemory<byte> payload, string? requestId = null) => new()
    {
        RequestId = requestId ?? _cloud.Seeded.Uuid(), Payload = payload, TraceId = NewTraceId(), QueuedAt = _cloud.Now,
        Completion = new(TaskCreationOptions.RunContinuationsAsynchronously),
    };

    private string NewTraceId()
    {
        var digits = _cloud.Seeded.Uuid().Replace("-", "", StringComparison.Ordinal)[..24];
        return string.Create(CultureInfo.InvariantCulture, $"Root=1-{_cloud.Now.ToUnixTimeSeconds():x8}-{digits};Sampled=0");
    }

    private void TryAgain(Invocation failed) => Offer(New(failed.Payload, failed.RequestId) with
    {
        IsAsynchronous = true,
        Attempt = failed.Attempt + 1,
        QueuedAt = failed.QueuedAt,
    });

    private Invocation Offer(Invocation invocation)
    {
        _sandboxes.Offer(invocation);
        if (_sandboxes.Waiting > 0)
            _cloud.Afterwards(() => Starved?.Invoke());
        return invocation;
    }

    private void TimeOut(Invocation invocation)
    {
        var seconds = Timeout.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        Fail(invocation, TimedOut, $"{Notation.LambdaTime(_cloud.Now)} {invocation.RequestId} Task timed out after {seconds} seconds");
    }

    private void Fail(Invocation invocation, string type, string message) => End(
        invocation, true, new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString(), type);

    private void End(Invocation invocation, bool isError, string payload, string? errorType)
    {
        _sandboxes.Finish(invocation.RequestId, wasAnswered: errorType is not (TimedOut or Exited));
        var result = new FunctionResult(invocation.RequestId, isError, payload, errorType, invocation.Attempt);
        _results.Add(result);
        invocation.Ended?.Invoke(result);
        Ended?.Invoke(invocation, result);
        _cloud.Afterwards(() => invocation.Completion.TrySetResult(result));
        if (isError && invocation.IsAsynchronous)
            _retries.Failed(invocation, result);
        if (IsIdle)
            ReleaseWaiters();
    }

    private void ReleaseWaiters()
    {
        var waiters = _idleWaiters.ToList();
        _idleWaiters.Clear();
        _cloud.Afterwards(() => waiters.ForEach(waiter => waiter.TrySetResult()));
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>
/// The one Lambda function: what it is given, how each attempt ended, what is tried again. Whatever process asks the Runtime API for
/// the next invocation is a sandbox of it; several may. An asynchronous event that fails is tried again, twice as Lambda does by
/// default, and then given to the on-failure destination.
/// </summary>
public sealed class FunctionHost
{
    private readonly Cloud _cloud;
    private readonly Sandboxes _sandboxes;
    private readonly List<FunctionResult> _results = [];
    private readonly List<FunctionResult> _initErrors = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly List<TaskCompletionSource> _idleWaiters = [];
    private int _retriesDue;

    internal FunctionHost(Cloud cloud)
    {
        _cloud = cloud;
        _sandboxes = new(cloud, TimeOut);
    }

    /// <summary>The function's name.</summary>
    public string Name { get; set; } = "automirror";

    /// <summary>The function's ARN.</summary>
    public string Arn => _cloud.Arn("lambda", $"function:{Name}");

    /// <summary>How long an invocation may take.</summary>
    public TimeSpan Timeout
    {
        get => _sandboxes.Timeout;
        set => _sandboxes.Timeout = value;
    }

    /// <summary>
    /// The waits before the retries of an asynchronous event: short here, one and two minutes at Lambda ("Error handling for
    /// asynchronous invocation").
    /// </summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)];

    /// <summary>Lambda's own waits.</summary>
    public static IReadOnlyList<TimeSpan> LambdaRetryDelays { get; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>
    /// Whether a sandbox counts as lost when the connection on which it got its invocation closes soon after and before the answer.
    /// Right for runtimes that keep one connection; to be switched off for those that open one for each request, such as a shell
    /// with curl. A connection that closes later may only have been idle: then the timeout decides.
    /// </summary>
    public bool ConnectionIsSandbox { get; set; } = true;

    /// <summary>How many invocations wait for a sandbox.</summary>
    public int Pending => Count(() => _sandboxes.Waiting);

    /// <summary>How many are being worked on.</summary>
    public int Running => Count(() => _sandboxes.Running);

    /// <summary>How many sandboxes wait for work.</summary>
    public int Idle => Count(() => _sandboxes.Idle);

    /// <summary>How every invocation so far ended, each attempt by itself.</summary>
    public IReadOnlyList<FunctionResult> Results => Copy(_results);

    /// <summary>What sandboxes reported of initialisations that failed.</summary>
    public IReadOnlyList<FunctionResult> InitErrors => Copy(_initErrors);

    /// <summary>Events given up.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => Copy(_deadLetters);

    /// <summary>Invokes and waits for the answer (RequestResponse); function errors come back as results.</summary>
    public Task<FunctionResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? clientContext = null)
    {
        using (_cloud.Enter())
            return _sandboxes.Offer(New(payload, false, 1) with { ClientContext = clientContext }).Completion.Task;
    }

    /// <summary>Invokes and waits for the answer.</summary>
    public Task<FunctionResult> InvokeAsync(string payload) => InvokeAsync(Encoding.UTF8.GetBytes(payload));

    /// <summary>Invokes asynchronously, as EventBridge does, with retries.</summary>
    public void Enqueue(ReadOnlyMemory<byte> payload)
    {
        using (_cloud.Enter())
            _sandboxes.Offer(New(payload, true, 1));
    }

    /// <summary>Invokes asynchronously, as EventBridge does, with retries.</summary>
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

    /// <summary>The sandbox that holds this invocation is gone: the invocation fails as Lambda has it fail.</summary>
    public void Lose(string requestId)
    {
        using (_cloud.Enter())
        {
            if (_sandboxes.Find(requestId) is { } invocation)
            {
                End(invocation, true, Error(
                    "Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited without providing a reason"), "Runtime.ExitError");
            }
        }
    }

    /// <summary>Invokes for an event source mapping, which is told how it ended.</summary>
    internal void Invoke(ReadOnlyMemory<byte> payload, Action<FunctionResult> ended)
    {
        using (_cloud.Enter())
            _sandboxes.Offer(New(payload, false, 1) with { Ended = ended });
    }

    internal Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using (_cloud.Enter())
            return _sandboxes.NextAsync(cancellationToken);
    }

    /// <summary>An answer from the runtime. False when the id is not one that is being worked on.</summary>
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

    /// <summary>Whether an id was answered already, as against never known or run out of its time.</summary>
    internal bool WasAnswered(string requestId)
    {
        using (_cloud.Enter())
            return _sandboxes.WasAnswered(requestId);
    }

    internal void InitFailed(string payload, string? errorType)
    {
        using (_cloud.Enter())
            _initErrors.Add(new("", true, payload, errorType));
    }

    private bool IsIdle => _sandboxes.Waiting == 0 && _sandboxes.Running == 0 && _retriesDue == 0;

    private Invocation New(ReadOnlyMemory<byte> payload, bool isAsynchronous, int attempt, string? requestId = null) => new()
    {
        RequestId = requestId ?? _cloud.Seeded.Uuid(), Payload = payload, IsAsynchronous = isAsynchronous, Attempt = attempt,
        TraceId = string.Create(
            CultureInfo.InvariantCulture,
            $"Root=1-{_cloud.Now.ToUnixTimeSeconds():x8}-{_cloud.Seeded.Uuid().Replace("-", "", StringComparison.Ordinal)[..24]};Sampled=0"),
        Completion = new(TaskCreationOptions.RunContinuationsAsynchronously),
    };

    private void TimeOut(Invocation invocation)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{_cloud.Now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {invocation.RequestId} Task timed out after {Timeout.TotalSeconds:0.00} seconds");
        End(
            invocation, true, new JsonObject { ["errorMessage"] = message, ["errorType"] = "Sandbox.Timedout" }.ToJsonString(),
            "Sandbox.Timedout");
    }

    private void End(Invocation invocation, bool isError, string payload, string? errorType)
    {
        _sandboxes.Finish(invocation.RequestId, wasAnswered: errorType is not ("Sandbox.Timedout" or "Runtime.ExitError"));
        var result = new FunctionResult(invocation.RequestId, isError, payload, errorType, invocation.Attempt);
        _results.Add(result);
        invocation.Ended?.Invoke(result);
        _cloud.Afterwards(() => invocation.Completion.TrySetResult(result));
        if (isError && invocation.IsAsynchronous)
            RetryOrGiveUp(invocation, result);
        if (IsIdle)
            ReleaseWaiters();
    }

    private void RetryOrGiveUp(Invocation invocation, FunctionResult result)
    {
        if (invocation.Attempt > RetryDelays.Count)
        {
            _deadLetters.Add(new(Encoding.UTF8.GetString(invocation.Payload.Span), result, _cloud.Now));
            return;
        }

        _retriesDue++;
        _cloud.In(RetryDelays[invocation.Attempt - 1], () =>
        {
            _retriesDue--;
            // A retry keeps the request id of the event.
            _sandboxes.Offer(New(invocation.Payload, true, invocation.Attempt + 1, invocation.RequestId));
        });
    }

    private void ReleaseWaiters()
    {
        var waiters = _idleWaiters.ToList();
        _idleWaiters.Clear();
        _cloud.Afterwards(() => waiters.ForEach(waiter => waiter.TrySetResult()));
    }

    private static string Error(string type, string message) =>
        new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString();

    private int Count(Func<int> count)
    {
        using (_cloud.Enter())
            return count();
    }

    private List<T> Copy<T>(List<T> list)
    {
        using (_cloud.Enter())
            return [.. list];
    }
}

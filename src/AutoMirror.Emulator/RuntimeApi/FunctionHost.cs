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
    private readonly Cloud cloud;
    private readonly Sandboxes sandboxes;
    private readonly List<FunctionResult> results = [];
    private readonly List<FunctionResult> initErrors = [];
    private readonly List<DeadLetter> deadLetters = [];
    private readonly List<TaskCompletionSource> idleWaiters = [];
    private int retriesDue;

    internal FunctionHost(Cloud cloud)
    {
        this.cloud = cloud;
        sandboxes = new(cloud, TimeOut);
    }

    /// <summary>The function's name.</summary>
    public string Name { get; set; } = "automirror";

    /// <summary>The function's ARN.</summary>
    public string Arn => cloud.Arn("lambda", $"function:{Name}");

    /// <summary>How long an invocation may take.</summary>
    public TimeSpan Timeout
    {
        get => sandboxes.Timeout;
        set => sandboxes.Timeout = value;
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
    public int Pending => Count(() => sandboxes.Waiting);

    /// <summary>How many are being worked on.</summary>
    public int Running => Count(() => sandboxes.Running);

    /// <summary>How many sandboxes wait for work.</summary>
    public int Idle => Count(() => sandboxes.Idle);

    /// <summary>How every invocation so far ended, each attempt by itself.</summary>
    public IReadOnlyList<FunctionResult> Results => Copy(results);

    /// <summary>What sandboxes reported of initialisations that failed.</summary>
    public IReadOnlyList<FunctionResult> InitErrors => Copy(initErrors);

    /// <summary>Events given up.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => Copy(deadLetters);

    /// <summary>Invokes and waits for the answer (RequestResponse); function errors come back as results.</summary>
    public Task<FunctionResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? clientContext = null)
    {
        using (cloud.Enter())
            return sandboxes.Offer(New(payload, false, 1) with { ClientContext = clientContext }).Completion.Task;
    }

    /// <summary>Invokes and waits for the answer.</summary>
    public Task<FunctionResult> InvokeAsync(string payload) => InvokeAsync(Encoding.UTF8.GetBytes(payload));

    /// <summary>Invokes asynchronously, as EventBridge does, with retries.</summary>
    public void Enqueue(ReadOnlyMemory<byte> payload)
    {
        using (cloud.Enter())
            sandboxes.Offer(New(payload, true, 1));
    }

    /// <summary>Invokes asynchronously, as EventBridge does, with retries.</summary>
    public void Enqueue(string payload) => Enqueue(Encoding.UTF8.GetBytes(payload));

    /// <summary>Completes when nothing waits, runs or is to be tried again.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        using (cloud.Enter())
        {
            if (IsIdle)
                return Task.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idleWaiters.Add(waiter);
            return waiter.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The sandbox that holds this invocation is gone: the invocation fails as Lambda has it fail.</summary>
    public void Lose(string requestId)
    {
        using (cloud.Enter())
            if (sandboxes.Find(requestId) is { } invocation)
                End(invocation, true, Error(
                    "Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited without providing a reason"), "Runtime.ExitError");
    }

    /// <summary>Invokes for an event source mapping, which is told how it ended.</summary>
    internal void Invoke(ReadOnlyMemory<byte> payload, Action<FunctionResult> ended)
    {
        using (cloud.Enter())
            sandboxes.Offer(New(payload, false, 1) with { Ended = ended });
    }

    internal Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using (cloud.Enter())
            return sandboxes.NextAsync(cancellationToken);
    }

    /// <summary>An answer from the runtime. False when the id is not one that is being worked on.</summary>
    internal bool Answer(string requestId, bool isError, string payload, string? errorType)
    {
        using (cloud.Enter())
        {
            if (sandboxes.Find(requestId) is not { } invocation)
                return false;
            End(invocation, isError, payload, errorType);
            return true;
        }
    }

    /// <summary>Whether an id was answered already, as against never known or run out of its time.</summary>
    internal bool WasAnswered(string requestId)
    {
        using (cloud.Enter())
            return sandboxes.WasAnswered(requestId);
    }

    internal void InitFailed(string payload, string? errorType)
    {
        using (cloud.Enter())
            initErrors.Add(new("", true, payload, errorType));
    }

    private bool IsIdle => sandboxes.Waiting == 0 && sandboxes.Running == 0 && retriesDue == 0;

    private Invocation New(ReadOnlyMemory<byte> payload, bool isAsynchronous, int attempt, string? requestId = null) => new()
    {
        RequestId = requestId ?? cloud.Seeded.Uuid(), Payload = payload, IsAsynchronous = isAsynchronous, Attempt = attempt,
        TraceId = string.Create(
            CultureInfo.InvariantCulture,
            $"Root=1-{cloud.Now.ToUnixTimeSeconds():x8}-{cloud.Seeded.Uuid().Replace("-", "", StringComparison.Ordinal)[..24]};Sampled=0"),
        Completion = new(TaskCreationOptions.RunContinuationsAsynchronously),
    };

    private void TimeOut(Invocation invocation)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{cloud.Now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {invocation.RequestId} Task timed out after {Timeout.TotalSeconds:0.00} seconds");
        End(
            invocation, true, new JsonObject { ["errorMessage"] = message, ["errorType"] = "Sandbox.Timedout" }.ToJsonString(),
            "Sandbox.Timedout");
    }

    private void End(Invocation invocation, bool isError, string payload, string? errorType)
    {
        sandboxes.Finish(invocation.RequestId, wasAnswered: errorType is not ("Sandbox.Timedout" or "Runtime.ExitError"));
        var result = new FunctionResult(invocation.RequestId, isError, payload, errorType, invocation.Attempt);
        results.Add(result);
        invocation.Ended?.Invoke(result);
        cloud.Afterwards(() => invocation.Completion.TrySetResult(result));
        if (isError && invocation.IsAsynchronous)
            RetryOrGiveUp(invocation, result);
        if (IsIdle)
            ReleaseWaiters();
    }

    private void RetryOrGiveUp(Invocation invocation, FunctionResult result)
    {
        if (invocation.Attempt > RetryDelays.Count)
        {
            deadLetters.Add(new(Encoding.UTF8.GetString(invocation.Payload.Span), result, cloud.Now));
            return;
        }

        retriesDue++;
        cloud.In(RetryDelays[invocation.Attempt - 1], () =>
        {
            retriesDue--;
            // A retry keeps the request id of the event.
            sandboxes.Offer(New(invocation.Payload, true, invocation.Attempt + 1, invocation.RequestId));
        });
    }

    private void ReleaseWaiters()
    {
        var waiters = idleWaiters.ToList();
        idleWaiters.Clear();
        cloud.Afterwards(() => waiters.ForEach(waiter => waiter.TrySetResult()));
    }

    private static string Error(string type, string message) =>
        new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString();

    private int Count(Func<int> count)
    {
        using (cloud.Enter())
            return count();
    }

    private List<T> Copy<T>(List<T> list)
    {
        using (cloud.Enter())
            return [.. list];
    }
}

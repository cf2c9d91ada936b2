using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.RuntimeApi;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.Ssm;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator;

/// <summary>
/// The state engine: one account in one Region behind one lock, with no threads of its own. What happens by itself (an instance
/// that comes up) waits on an agenda that every operation brings up to date first, so a test that moves its clock sees what is due.
/// </summary>
public sealed class Cloud
{
    private readonly Lock _gate = new();
    private readonly Agenda _agenda = new();
    private List<Action> _afterwards = [];
    private readonly Faults.TokenBuckets? _buckets;
    private DateTimeOffset? _transitionTime;
    private int _depth;

    /// <summary>An account as EC2 gives it to a new customer: a default VPC with a subnet in each of three zones.</summary>
    public Cloud(EmulatorOptions options)
    {
        Options = options;
        Seeded = new(options.Seed);
        _buckets = options.Throttling is { } throttling ? new(throttling) : null;
        Latency = options.Latency;
        RequestFaults = options.RequestFaults;
        Endpoint = new($"https://sqs.{options.Region}.amazonaws.com");
        Requests = new();
        Callers = new(this);
        Function = new(this);
        Events = new(this);
        ServiceEvents = new(this);
        Ec2 = new(this);
        Ssm = new(this);
        Sqs = new(this);
        Gateway = new(this);
    }

    /// <summary>What it was set up with.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>Every request that came over the wire.</summary>
    public RequestLog Requests { get; }

    /// <summary>Amazon EC2.</summary>
    public Ec2Engine Ec2 { get; }

    /// <summary>AWS Systems Manager's Parameter Store.</summary>
    public ParameterStore Ssm { get; }

    /// <summary>Amazon SQS.</summary>
    public Queues Sqs { get; }

    /// <summary>Amazon EventBridge's default bus.</summary>
    public EventBus Events { get; }

    /// <summary>The one Lambda function behind the Runtime API.</summary>
    public FunctionHost Function { get; }

    /// <summary>The time of what is being done: that of the transition under way, otherwise the clock's.</summary>
    public DateTimeOffset Now => _transitionTime ?? Options.Time.GetUtcNow();

    /// <summary>When the next thing happens by itself; null when nothing will.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return _agenda.NextDue;
        }
    }

    /// <summary>
    /// Whether a caller (by access key id) may do something (<c>ec2:CreateTags</c>); null allows everything. What is not allowed
    /// answers with the service's error for that.
    /// </summary>
    public Func<string?, string, bool>? Allows { get; set; }

    /// <summary>How long requests take from now on; null adds nothing.</summary>
    public Latency? Latency { get; set; }

    /// <summary>What befalls requests from now on; null is nothing.</summary>
    public RequestFaults? RequestFaults { get; set; }

    /// <summary>
    /// The wire without a socket, for an SDK's HttpClient: every AWS API, with latency and faults by this cloud's clock and on the
    /// caller's thread.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new Protocol.InMemoryHandler(this);

    /// <summary>
    /// Whether the account's buckets have a token for a request; takes it if so. The wire asks by itself, callers of the typed
    /// operations ask where they want to be throttled.
    /// </summary>
    public bool TryTakeToken(string service, string action, bool unfiltered = false, int resources = 1)
    {
        using (Enter())
            return _buckets?.TryTake(service, action, unfiltered, resources, Now) ?? true;
    }

    /// <summary>Says that requests with this access key id come from a session of a role, as if AssumeRole had given it out.</summary>
    public void RegisterCaller(string accessKeyId, string role, string session) => Callers.Assume(role, session, accessKeyId);

    internal Protocol.Gateway Gateway { get; }

    internal Sts.Callers Callers { get; }

    internal ServiceEvents ServiceEvents { get; }

    /// <summary>Where the endpoint is, for the URLs of queues.</summary>
    internal Uri Endpoint { get; set; }

    internal Seeded Seeded { get; }

    internal Idempotency Idempotency { get; } = new();

    internal bool IsEventuallyConsistent => Options.VisibilityDelay > TimeSpan.Zero;

    /// <summary>Raised when the next due time may have become earlier, so that a server can set its alarm.</summary>
    internal event Action? AgendaChanged;

    /// <summary>Does everything that is due by the clock. Operations do this themselves; tests that only move a clock call it.</summary>
    public void Advance()
    {
        using (Enter())
        {
        }
    }

    internal TimeSpan VisibilityDelay() => Options.VisibilityDelay * Seeded.Visibility.NextDouble();

    /// <summary>Takes the lock for one operation; re-entrant on a thread. Dispose it to leave.</summary>
    internal Turn Enter()
    {
        _gate.Enter();
        if (_depth++ > 0)
            return new(this);
        try
        {
            DoWhatIsDue();
            return new(this);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Looks at something in a turn of its own.</summary>
    internal T InTurn<T>(Func<T> read)
    {
        using (Enter())
            return read();
    }

    private void DoWhatIsDue()
    {
        try
        {
            while (_agenda.TryTakeDue(Options.Time.GetUtcNow(), out var transition, out var due))
            {
                _transitionTime = due;
                transition();
            }
        }
        finally
        {
            _transitionTime = null;
        }
    }

    internal void At(DateTimeOffset due, Action action)
    {
        _agenda.Add(due, action);
        Afterwards(() => AgendaChanged?.Invoke());
    }

    internal void In(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Runs when the operation is over and the lock is free: what others hear of it.</summary>
    internal void Afterwards(Action action) => _afterwards.Add(action);

    internal string Arn(string service, string resource) => $"arn:aws:{service}:{Options.Region}:{Options.AccountId}:{resource}";

    private void Leave()
    {
        List<Action> run = [];
        if (--_depth == 0 && _afterwards.Count > 0)
            (run, _afterwards) = (_afterwards, []);
        _gate.Exit();
        foreach (var action in run)
            action();
    }

    internal readonly struct Turn(Cloud cloud) : IDisposable
    {
        public void Dispose() => cloud.Leave();
    }
}

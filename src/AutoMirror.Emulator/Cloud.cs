using AutoMirror.Emulator.CloudWatch;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Iam;
using AutoMirror.Emulator.Iam.Authorization;
using AutoMirror.Emulator.Lambda;
using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Emulator.Logs;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.RuntimeApi;
using AutoMirror.Emulator.Sns;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.Ssm;
using AutoMirror.Emulator.State;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator;

/// <summary>
/// The state engine: one account in one Region behind one lock, with no threads of its own. What happens by itself, such as an instance
/// that comes up, waits on an agenda. Every operation first does what is due, so a test that moves its clock sees all of it.
/// </summary>
public sealed class Cloud
{
    private readonly Turns _turns;
    private readonly TokenBuckets? _buckets;

    /// <summary>Makes an account as EC2 gives it to a new customer: a default VPC with a subnet in each of three zones.</summary>
    public Cloud(EmulatorOptions options)
    {
        Options = options;
        Seeded = new(options.Seed);
        _turns = new(options.Time);
        _buckets = options.Throttling is { } throttling ? new(throttling) : null;
        Latency = options.Latency;
        RequestFaults = options.RequestFaults;
        Endpoint = new($"https://sqs.{options.Region}.amazonaws.com");
        Requests = new();
        Callers = new(this);
        Function = new(this);
        Events = new(this);
        ServiceEvents = new(this);
        LoadBalancing = new(this);
        Ec2 = new(this);
        CheckKinds(options.VisibilityDelays.Keys);
        Metrics = new(this);
        Packets = new(this);
        Ssm = new(this);
        Sqs = new(this);
        Sns = new(this);
        Iam = new(this);
        Access = new(this);
        Logs = new(this);
        CloudWatch = new(this);
        Lambda = new(this);
        QueueMetrics.Watch(this);
        Gateway = new(this);
    }

    public EmulatorOptions Options { get; }

    /// <summary>The requests that came over the wire.</summary>
    public RequestLog Requests { get; }

    public Ec2Engine Ec2 { get; }

    /// <summary>Elastic Load Balancing.</summary>
    public ElasticLoadBalancing LoadBalancing { get; }

    /// <summary>The packets that pass interfaces, and their copies.</summary>
    public DataPlane Packets { get; }

    /// <summary>Systems Manager, of which there is Parameter Store.</summary>
    public ParameterStore Ssm { get; }

    public Queues Sqs { get; }

    /// <summary>EventBridge's default bus.</summary>
    public EventBus Events { get; }

    /// <summary>SNS's topics.</summary>
    public Topics Sns { get; }

    public IamEngine Iam { get; }

    public LogsEngine Logs { get; }

    public CloudWatchEngine CloudWatch { get; }

    /// <summary>The functions that were created, whose processes the server starts.</summary>
    public LambdaEngine Lambda { get; }

    /// <summary>
    /// The one function that exists without CreateFunction: somebody else starts its process, which asks the endpoint's own Runtime API
    /// for work.
    /// </summary>
    public FunctionHost Function { get; }

    /// <summary>The time of what is being done: that of the transition under way, otherwise the clock's.</summary>
    public DateTimeOffset Now => _turns.Now;

    /// <summary>When the next thing happens by itself; null when nothing will.</summary>
    public DateTimeOffset? NextDue => _turns.NextDue;

    /// <summary>
    /// Whether a caller, by access key id, may do something (<c>ec2:CreateTags</c>); null allows everything. A caller who may not gets
    /// the service's own error.
    /// </summary>
    public Func<string?, string, bool>? Allows { get; set; }

    /// <summary>How long requests take from now on; null adds nothing.</summary>
    public Latency? Latency { get; set; }

    /// <summary>What befalls requests from now on; null for nothing.</summary>
    public RequestFaults? RequestFaults { get; set; }

    internal Gateway Gateway { get; }

    internal Callers Callers { get; }

    /// <summary>Whether callers may do what they ask.</summary>
    internal Access Access { get; }

    internal ServiceEvents ServiceEvents { get; }

    internal InstanceMetrics Metrics { get; }

    /// <summary>Where the endpoint is, which the URLs of queues begin with.</summary>
    internal Uri Endpoint { get; set; }

    internal Seeded Seeded { get; }

    internal Idempotency Idempotency { get; } = new();

    /// <summary>Raised when <see cref="NextDue"/> may have become earlier, so that a server can set its alarm.</summary>
    internal event Action? AgendaChanged
    {
        add => _turns.AgendaChanged += value;
        remove => _turns.AgendaChanged -= value;
    }

    /// <summary>
    /// The wire without a socket, for the HttpClient of an SDK: every AWS API, with latency and faults, by this cloud's clock and on the
    /// caller's thread.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new InMemoryHandler(this);

    /// <summary>
    /// Takes a token from the account's buckets for a request; false when they have none. The wire does this by itself. Callers of the
    /// typed operations do it where they want to be throttled.
    /// </summary>
    public bool TryTakeToken(string service, string action, bool unfiltered = false, int resources = 1) =>
        InTurn(() => _buckets?.TryTake(service, action, unfiltered, resources, Now) ?? true);

    /// <summary>Lets requests with this access key id come from a session of a role, as if AssumeRole had given it out.</summary>
    public void RegisterCaller(string accessKeyId, string role, string session) => Callers.Assume(role, session, accessKeyId);

    /// <summary>Does everything that is due by the clock. Operations do this themselves; tests that only move the clock call it.</summary>
    public void Advance()
    {
        using (Enter())
        {
            // To take a turn is to do what is due.
        }
    }

    /// <summary>Takes the lock for one operation, or for a part of one on the same thread. Dispose it to leave.</summary>
    internal Turns.Turn Enter() => _turns.Enter();

    /// <summary>Looks at something within a turn.</summary>
    internal T InTurn<T>(Func<T> read)
    {
        using (Enter())
            return read();
    }

    /// <summary>Puts something on the agenda.</summary>
    internal void At(DateTimeOffset due, Action action) => _turns.At(due, action);

    internal void In(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Runs something when the operation is over and the lock is free: what others hear of it.</summary>
    internal void Afterwards(Action action) => _turns.Afterwards(action);

    /// <summary>The longest time that a write to a kind of resource takes to show.</summary>
    internal TimeSpan LongestDelay(string kind) => Options.VisibilityDelays.GetValueOrDefault(kind, Options.VisibilityDelay);

    /// <summary>How long one write to a kind of resource takes to show.</summary>
    internal TimeSpan VisibilityDelay(string kind) => LongestDelay(kind) * Seeded.Visibility.NextDouble();

    internal string Arn(string service, string resource, string? ownerId = null) =>
        $"arn:aws:{service}:{Options.Region}:{ownerId ?? Options.AccountId}:{resource}";

    private void CheckKinds(IEnumerable<string> named)
    {
        var kinds = Ec2.Tables.Select(table => table.Kind).ToList();
        if (named.Except(kinds).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException(
                $"EmulatorOptions.VisibilityDelays names '{unknown}'. The kinds of resource are {string.Join(", ", kinds)}.");
        }
    }
}

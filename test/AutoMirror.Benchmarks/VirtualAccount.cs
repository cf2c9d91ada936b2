using System.Text;
using Amazon.Runtime;
using AutoMirror.Aws.Hosting;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Faults;
using AutoMirror.Testing;

namespace AutoMirror.Benchmarks;

/// <summary>An emulated account on virtual time, with the real function and the real
/// SDK over a wire without sockets, all on one thread.</summary>
internal sealed class VirtualAccount
{
    private readonly MirrorFunction[] _sandboxes;
    private readonly Dictionary<MirrorFunction, Task> _busy = [];

    /// <param name="throttling">EC2's buckets, or null for none.</param>
    /// <param name="sandboxes">How many invocations run at once at the most.</param>
    /// <param name="queueUrl">The queue by which the function hands on; null for direct delivery.</param>
    /// <param name="timeout">The function's timeout.</param>
    public VirtualAccount(Throttling? throttling, int sandboxes, string? queueUrl, TimeSpan timeout)
    {
        Time = new VirtualTime(new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero));
        Cloud = new Cloud(new EmulatorOptions
        {
            Time = Time,
            Throttling = throttling,
            Latency = new Latency(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(90)),
            PendingFor = TimeSpan.FromSeconds(12),
            AttachingFor = TimeSpan.Zero,
            Trail = false,
        });
        Cloud.Function.Timeout = timeout;
        Cloud.Function.RetryDelays = Emulator.RuntimeApi.FunctionHost.LambdaRetryDelays;
        _sandboxes = [.. Enumerable.Range(0, sandboxes).Select(_ => NewFunction(queueUrl))];
    }

    public VirtualTime Time { get; }

    public Cloud Cloud { get; }

    /// <summary>Makes the filter, a load balancer's target and the parameters, outside of what is measured.</summary>
    public void SetUp()
    {
        var filter = Cloud.Ec2.Filters.Create(null, null).Id;
        var target = Cloud.Ec2.Targets.Create(
            null, $"arn:aws:elasticloadbalancing:{Cloud.Options.Region}:{Cloud.Options.AccountId}:loadbalancer/net/sensor/0123456789abcdef",
            null, null, null).Id;
        Cloud.Ssm.Put("/automirror/filter", filter, "String");
        Cloud.Ssm.Put("/automirror/targets/default", target, "String");
    }

    /// <summary>Lets time pass, and the function take what comes, until <paramref name="isDone"/> or nothing is left to happen.</summary>
    public void Run(Func<bool> isDone)
    {
        for (Take(); !isDone(); Take())
        {
            var due = (Time.Next, Cloud.NextDue) switch
            {
                ({ } timer, { } agenda) => timer <= agenda ? timer : agenda,
                (var timer, var agenda) => timer ?? agenda,
            };
            if (due is not { } at)
                return;
            if (Time.Next == at)
            {
                Time.Step();
                continue;
            }

            Time.AdvanceTo(at);
            Cloud.Advance();
        }
    }

    /// <summary>Gives waiting events to idle sandboxes.</summary>
    private void Take()
    {
        foreach (var (sandbox, _) in _busy.Where(entry => entry.Value.IsCompleted).ToList())
        {
            _busy[sandbox].GetAwaiter().GetResult();
            _busy.Remove(sandbox);
        }

        foreach (var sandbox in _sandboxes.Where(each => !_busy.ContainsKey(each)))
        {
            if (Cloud.Function.Pending == 0)
                return;

            // Something waits, so this is answered at once.
            var invocation = Cloud.Function.NextAsync(CancellationToken.None).GetAwaiter().GetResult();
            _busy[sandbox] = WorkAsync(sandbox, invocation);
        }
    }

    private async Task WorkAsync(MirrorFunction function, Emulator.RuntimeApi.Invocation invocation)
    {
        var outcome = await function.InvokeAsync(
            invocation.Payload, new Invocation(invocation.RequestId, invocation.Deadline), CancellationToken.None);
        _ = outcome switch
        {
            InvocationOutcome.Answered answered =>
                Cloud.Function.Answer(invocation.RequestId, false, Encoding.UTF8.GetString(answered.Json.Span), null),
            InvocationOutcome.Failed failed => Cloud.Function.Answer(invocation.RequestId, true, failed.Message, failed.ErrorType),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private MirrorFunction NewFunction(string? queueUrl)
    {
        var errors = new List<string>();
        var settings = Settings.Read(name => name switch
        {
            "AWS_REGION" => Cloud.Options.Region,
            "AWS_ENDPOINT_URL" => "http://emulator.invalid",
            "AUTOMIRROR_QUEUE_URL" => queueUrl,
            "AWS_LAMBDA_LOG_LEVEL" => "FATAL",
            _ => null,
        }, errors);
        if (errors.Count > 0)
            throw new InvalidOperationException(string.Join("; ", errors));
        var credentials = new BasicAWSCredentials("AKIAFUNCTION", "secret");
        var transport = new InMemoryTransport(Cloud);
        var random = new Random(1);
        return new MirrorFunction(
            settings, errors, Over(Clients.Ec2(settings, credentials), transport), Over(Clients.Ssm(settings, credentials), transport),
            queueUrl is null ? null : Over(Clients.Sqs(settings, credentials), transport), Stream.Null, Time, random.NextDouble);
    }

    private static T Over<T>(T client, HttpClientFactory transport)
        where T : AmazonServiceClient
    {
        ((ClientConfig)client.Config).HttpClientFactory = transport;
        return client;
    }

    private sealed class InMemoryTransport(Cloud cloud) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(cloud.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}

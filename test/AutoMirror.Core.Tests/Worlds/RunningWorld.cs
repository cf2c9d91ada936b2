using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>A world with its EC2 and Parameter Store, and reconcilers over them.</summary>
internal sealed class RunningWorld : IParameterStore
{
    private int _deliveries;

    public RunningWorld(string world)
    {
        World = WorldText.Read(world);
        Ec2 = new FakeEc2(World);
        PolicyJson = world.Split('\n').FirstOrDefault(line => line.StartsWith("policy", StringComparison.Ordinal))?["policy".Length..];
    }

    public World World { get; }

    public FakeEc2 Ec2 { get; }

    public FakeTimeProvider Time { get; } = new(World.ReadAt) { AutoAdvanceAmount = TimeSpan.Zero };

    public WarmState State => field ??= new WarmState(Time);

    public ConfigurationCache Cache => State.Configuration;

    public string? PolicyJson { get; set; }

    public DeploymentSettings Settings => field ??= new() { Deployment = World.Deployment, Account = "123456789012", AllowDeletes = true };

    public int ParameterReads { get; private set; }

    public Refusal? ParametersRefused { get; set; }

    public TimeSpan TimeLeft { get; set; } = TimeSpan.FromMinutes(5);

    public IReadOnlyDictionary<string, int> Calls => new Dictionary<string, int> { ["GetParametersByPath"] = ParameterReads };

    public static Scope On(params string[] ids) => ids.Aggregate((Scope)new Scope.Nothing(""), (scope, id) => scope.Union(
        Id<Instance>.TryParse(id) is { } instance ? Scope.Of(instance)
        : Id<NetworkInterface>.TryParse(id) is { } networkInterface ? new Scope.Part { NetworkInterfaces = [networkInterface] }
        : Id<Vpc>.TryParse(id) is { } vpc ? new Scope.Part { Vpcs = [vpc] }
        : new Scope.Part { Subnets = [Id<Subnet>.Parse(id)] }));

    /// <summary>An event that leads to a scope: a person's request, or else a continuation.</summary>
    public static MirrorEvent EventFor(Scope scope, bool dryRun = false, bool allowDeletes = false, bool isManual = false) =>
        dryRun || allowDeletes || isManual ? new MirrorEvent.ManualRequest(scope, dryRun, allowDeletes)
        : scope is Scope.Nothing nothing ? new MirrorEvent.Ignored(nothing.Reason)
        : new MirrorEvent.Continuation(scope, 0);

    /// <summary>The same as a request whose scope is decided.</summary>
    public static Request RequestFor(Scope scope) => new([new ScopedEvent(EventFor(scope), scope)], scope);

    public Task<Answer<IReadOnlyList<Parameter>>> ReadAsync(string prefix, CancellationToken cancellationToken)
    {
        ParameterReads++;
        if (ParametersRefused is { } refusal)
            return Task.FromResult<Answer<IReadOnlyList<Parameter>>>(new Answer<IReadOnlyList<Parameter>>.Refused(refusal));
        return Task.FromResult<Answer<IReadOnlyList<Parameter>>>(new Answer<IReadOnlyList<Parameter>>.Given(
        [
            new($"{prefix}/filter", "String", World.Filter.Value),
            .. PolicyJson is { } policy ? [new Parameter($"{prefix}/policy", "String", policy)] : (Parameter[])[],
            .. World.Sensors.Select(
                sensor => new Parameter($"{prefix}/targets/{sensor.Key}", "StringList", string.Join(',', sensor.Value))),
        ]));
    }

    public Reconciler Reconciler(IEc2? ec2 = null) =>
        new(ec2 ?? Ec2, this, State, Time, Settings);

    public Delivery NextDelivery() => new($"delivery-{++_deliveries}", Time.GetUtcNow() + TimeLeft);

    /// <summary>Lets time pass until something has ended.</summary>
    public T Await<T>(Task<T> running)
    {
        for (var waits = 0; !running.IsCompleted && waits < 100; waits++)
            Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(running.IsCompleted, "The run does not end.");
        return running.GetAwaiter().GetResult();
    }

    /// <summary>Runs a reconciler, and lets time pass until it ends.</summary>
    public RunResult Conclude(
        Scope scope, bool dryRun = false, bool allowDeletes = false, bool isManual = false, Reconciler? with = null) =>
        Await((with ?? Reconciler()).RunAsync([EventFor(scope, dryRun, allowDeletes, isManual)], NextDelivery(), CancellationToken.None));

    /// <summary>How a run fails.</summary>
    public Failure Failure(Scope scope) => Assert.IsType<Failure>(Conclude(scope).Failure);

    /// <summary>The report of a run that ends well.</summary>
    public Report Report(Scope scope, bool dryRun = false, bool allowDeletes = false)
    {
        var result = Conclude(scope, dryRun, allowDeletes);
        Assert.Null(result.Failure);
        return result.Report!;
    }

    public static InterfaceVerdict VerdictOn(Report report, string networkInterface) =>
        Assert.Single(report.Verdicts, verdict => verdict.NetworkInterfaceId?.Value == networkInterface);

    public IEnumerable<string> Sessions =>
        Ec2.Sessions.Values.Select(session => $"{session.Id} {session.NetworkInterfaceId} → {session.TargetId} #{session.SessionNumber}");
}

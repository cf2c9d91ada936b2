using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Faults;
using AutoMirror.Simulation.Checks;
using AutoMirror.Simulation.Hosting;
using AutoMirror.Simulation.Wire;
using AutoMirror.Simulation.Worlds;
using AutoMirror.Testing;

namespace AutoMirror.Simulation;

/// <summary>One history from one seed: an account, its people, the function, and everything that goes wrong.</summary>
internal sealed partial class History
{
    private readonly IReadOnlySet<int>? _kept;
    private readonly List<string>? _text;
    private readonly Random _fates;
    private readonly Random _latencies;
    private readonly Owners _owners;

    public History(Dials dials, Mutant? mutant = null, Transport? transport = null, IReadOnlySet<int>? kept = null, bool tells = false)
    {
        Mutant = mutant ?? Mutant.None;
        dials = Mutant.DialsFor(dials);
        Dials = dials;
        Transport = transport ?? Transport.Typed;
        _kept = kept;
        _text = tells ? [] : null;
        _fates = new Random(HashCode.Seed(dials.Seed, 1, 0));
        _latencies = new Random(HashCode.Seed(dials.Seed, 2, 0));
        Cloud = new Cloud(new EmulatorOptions
        {
            Time = Clock,
            Seed = dials.Seed,
            VisibilityDelay = dials.Visibility,
            Trail = false,

            // The guide's editions disagree: what Core's data takes for a source, EC2 may refuse.
            CanBeMirrored = dials.NewestSources ? MirrorSources.ByInclusion : MirrorSources.ByExclusion,
            PendingFor = TimeSpan.FromSeconds(8),
            StoppingFor = TimeSpan.FromSeconds(20),
            ShuttingDownFor = TimeSpan.FromSeconds(15),
            Throttling = dials.Tight
                ? new Throttling
                {
                    NonMutating = new(20, 5),
                    Unfiltered = new(10, 3),
                    Mutating = new(5, 1),
                    Actions = new Dictionary<string,
                    Bucket>(),
                }
                : null,
        });
        var random = new Random(HashCode.Seed(dials.Seed, 3, 0));
        Fleet = new Fleet(this);
        Watch = new Watch(this);
        Statistics.Sweepless = dials.IsSweepless ? 1 : 0;
        Account = new Account(Cloud, random);
        if (dials.IsSweepless)
            Account.LeaveNothingToSweeps();

        // The sensors were there long before.
        Clock.AdvanceTo(Clock.Now + TimeSpan.FromMinutes(1));
        Cloud.Advance();
        Chronicle = new Chronicle(Cloud, Account, () => Clock.Now);
        _owners = new Owners(Cloud, Account, dials, Fleet.Hand, Later);
        _owners.Settle(random);
        Cloud.Events.Emitted += Fleet.Deliver;
        Environment = new Dictionary<string, string?>
        {
            ["AWS_REGION"] = Cloud.Options.Region,
            ["AWS_LAMBDA_LOG_LEVEL"] = "WARN",
            ["AUTOMIRROR_ROLE_NAME"] = dials.KnowsItself ? "automirror-role" : null,
            ["AWS_LAMBDA_FUNCTION_NAME"] = "automirror",
            ["AUTOMIRROR_ALLOW_DELETES"] = "true",
            ["AUTOMIRROR_QUEUE_URL"] = dials.ThroughQueue ? "https://sqs.us-east-1.amazonaws.com/123456789012/automirror" : null,
        };
    }

    /// <summary>When the simulated world begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    public Dials Dials { get; }

    public Mutant Mutant { get; }

    public Transport Transport { get; }

    public VirtualTime Clock { get; } = new(Start);

    public Cloud Cloud { get; }

    public Account Account { get; }

    public Fleet Fleet { get; }

    public Watch Watch { get; }

    public Chronicle Chronicle { get; }

    public Statistics Statistics { get; } = new() { Histories = 1 };

    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>Whether things still go wrong.</summary>
    public bool FaultsAreOn { get; private set; } = true;

    /// <summary>What went wrong first; null when nothing did.</summary>
    public string? Violation { get; private set; }

    /// <summary>What happened, line by line.</summary>
    public IReadOnlyList<string> Text => _text ?? [];

    /// <summary>The steps that were taken.</summary>
    public IReadOnlyList<Step> Steps { get; private set; } = [];

    /// <summary>Whether only what packets show at the end counts, and nothing that is seen in EC2's state.</summary>
    public bool PacketsAlone { get; init; }

    public void Violated(string what)
    {
        Note(() => $"VIOLATION: {what}");
        if (!PacketsAlone)
            Violation ??= what;
    }

    public void Note(Func<string> line) => _text?.Add($"{Clock.Now - Start:hh\\:mm\\:ss\\.fff}  {line()}");

    /// <summary>After anything that may have changed something.</summary>
    public void Observe(Handling? by)
    {
        if (by is null)
            Chronicle.Note();
        Watch.Look(by);
    }

    public CallFate DrawFate(string action)
    {
        if (!FaultsAreOn)
            return CallFate.Answered;
        var draw = _fates.NextDouble();
        (double Share, CallFate Fate)[] shares =
        [
            (Dials.Throttled, CallFate.Throttled), (Dials.InternalError, CallFate.InternalError),
            (Dials.Unavailable, CallFate.Unavailable), (Dials.TimedOut, CallFate.TimedOut), (Dials.CutBefore, CallFate.CutBefore),
            (Dials.CutAfter, CallFate.CutAfter), (Dials.CutShort, CallFate.CutShort), (Dials.Stalled, CallFate.Stalled),
        ];
        foreach (var (share, fate) in shares)
        {
            if ((draw -= share) < 0)
                return fate;
        }

        return CallFate.Answered;
    }

    /// <summary>One way of a call: half of the time nearly the usual, sometimes several times as long.</summary>
    public TimeSpan DrawLatency() => Dials.Latency * (FaultsAreOn ? 0.3 + (Math.Pow(_latencies.NextDouble(), 4) * 3) : 0.1);

    public bool TryTakeToken(string service, string action, bool isUnfiltered) =>
        Transport.TakesTokens || !FaultsAreOn || Cloud.TryTakeToken(service, action, isUnfiltered);

    /// <summary>Everything that decides about an interface, as it is.</summary>
    public Facts FactsOf(NetworkInterface networkInterface) => new(
        networkInterface,
        networkInterface.Attachment?.InstanceId is { } id ? Cloud.Ec2.Instances.Table.Find(id) : null,
        Cloud.Ec2.Networks.SubnetTable.Find(networkInterface.SubnetId),
        Cloud.Ec2.Networks.VpcTable.Find(networkInterface.VpcId));

    /// <summary>All that a handler can have made of an interface since then: reads come
    /// one after the other, so every mixture counts.</summary>
    public IEnumerable<Facts> FactsSince(string networkInterface, DateTimeOffset from)
    {
        var versions = Chronicle.Since<NetworkInterface>(networkInterface, from).ToList();
        foreach (var attached in versions.DistinctBy(each => (each.Attachment?.Id, each.Attachment?.Status)))
        {
            var instances = attached.Attachment?.InstanceId is { } id
                ? Chronicle.Since<Instance>(id, from).ToList<Instance?>()
                : [null];
            foreach (var tagged in versions.DistinctBy(each => each.Tags))
            {
                foreach (var instance in instances)
                {
                    foreach (var subnet in Chronicle.Since<Subnet>(attached.SubnetId, from))
                    {
                        foreach (var vpc in Chronicle.Since<Vpc>(attached.VpcId, from))
                            yield return new Facts(attached with { Tags = tagged.Tags }, instance, subnet, vpc);
                    }
                }
            }
        }
    }
}

namespace AutoMirror.Simulation;

/// <summary>How hard a history is: everything here follows from the seed.</summary>
internal sealed record Dials
{
    public required int Seed { get; init; }

    public double Throttled { get; init; }

    public double InternalError { get; init; }

    public double Unavailable { get; init; }

    public double TimedOut { get; init; }

    /// <summary>How many answers begin and then hang, so that the call does not even heed its cancellation.</summary>
    public double Stalled { get; init; }

    public double CutBefore { get; init; }

    public double CutAfter { get; init; }

    public double CutShort { get; init; }

    public double Lost { get; init; }

    public double Doubled { get; init; }

    public TimeSpan Delay { get; init; }

    public double Killed { get; init; }

    /// <summary>By how much the clocks of machines are ahead at the most, before they are set right.</summary>
    public TimeSpan ClockAhead { get; init; }

    /// <summary>How long writes may take to show in describes.</summary>
    public TimeSpan Visibility { get; init; }

    public TimeSpan Latency { get; init; }

    /// <summary>How many things a page of a describe holds; EC2 may give fewer than it was asked for.</summary>
    public int PageSize { get; init; }

    public TimeSpan FunctionTimeout { get; init; }

    /// <summary>Whether events come through a queue, in batches, or one by one.</summary>
    public bool ThroughQueue { get; init; }

    public int BatchSize { get; init; }

    public TimeSpan SweepEvery { get; init; }

    /// <summary>Whether there is no sweep at all, not even at the end: events alone have to lead to what the tags ask for.</summary>
    /// <remarks>Then no event is lost, every invocation is tried to its end, and people act one after the other. What is left is
    /// that each describe lags by its own delay.</remarks>
    public bool IsSweepless { get; init; }

    /// <summary>Whether EC2's buckets hold little.</summary>
    public bool Tight { get; init; }

    /// <summary>Whether the function knows its own calls in the trail.</summary>
    public bool KnowsItself { get; init; }

    /// <summary>Whether EC2 takes the sources that the newest edition of the guide lists, or those that the older ones leave.</summary>
    public bool NewestSources { get; init; }

    public int Instances { get; init; }

    public int Steps { get; init; }

    public TimeSpan Span { get; init; }

    /// <summary>What can be taken out of a history, to see whether it matters.</summary>
    public static IReadOnlyDictionary<string, Func<Dials, Dials>> Faults { get; } = new Dictionary<string, Func<Dials, Dials>>
    {
        ["throttled"] = dials => dials with { Throttled = 0, Tight = false },
        ["errors"] = dials => dials with { InternalError = 0, Unavailable = 0 },
        ["timeouts"] = dials => dials with { TimedOut = 0, Stalled = 0 },
        ["cut-before"] = dials => dials with { CutBefore = 0 },
        ["cut-after"] = dials => dials with { CutAfter = 0, CutShort = 0 },
        ["lost"] = dials => dials with { Lost = 0 },
        ["doubled"] = dials => dials with { Doubled = 0 },
        ["delayed"] = dials => dials with { Delay = TimeSpan.Zero },
        ["killed"] = dials => dials with { Killed = 0 },
        ["visibility"] = dials => dials with { Visibility = TimeSpan.Zero },
        ["clocks"] = dials => dials with { ClockAhead = TimeSpan.Zero },
        ["queue"] = dials => dials with { ThroughQueue = false },
    };

    public static Dials For(int seed)
    {
        var random = new Random(seed);
        double Share(double most) => random.Next(3) == 0 ? random.NextDouble() * most : 0;
        T One<T>(params T[] values) => values[random.Next(values.Length)];

        var isCrowded = random.Next(6) == 0;
        var dials = new Dials
        {
            Seed = seed,
            Throttled = Share(0.15),
            InternalError = Share(0.1),
            Unavailable = Share(0.1),
            TimedOut = Share(0.03),
            CutBefore = Share(0.1),
            CutAfter = Share(0.15),
            CutShort = Share(0.05),
            Lost = Share(0.3),
            Doubled = Share(0.3),
            Delay = TimeSpan.FromSeconds(Share(1) * One(5, 60, 300)),
            Killed = Share(0.2),
            Visibility = TimeSpan.FromSeconds(Share(1) * 5),
            Latency = TimeSpan.FromMilliseconds(One(10, 50, 200, 1000)),
            PageSize = One(5, 7, 20, 1000),
            FunctionTimeout = TimeSpan.FromSeconds(One(15, 30, 60, 180)),
            ThroughQueue = random.Next(2) == 0,
            BatchSize = One(1, 5, 100),
            SweepEvery = TimeSpan.FromMinutes(One(5, 15, 30)),
            Tight = random.Next(6) == 0,
            KnowsItself = random.Next(4) != 0,
            NewestSources = random.Next(2) == 0,
            Instances = isCrowded ? random.Next(12, 24) : random.Next(1, 7),
            Steps = random.Next(5, 41),
            Span = TimeSpan.FromMinutes(One(10, 45, 180)),
            ClockAhead = TimeSpan.FromSeconds(Share(1) * One(600, 3600)),
        };
        dials = random.Next(4) == 0 ? dials.WithoutSweeps(TimeSpan.FromSeconds(One(1, 5, 10, 20))) : dials;
        return dials with { Stalled = Share(0.03) };
    }

    private Dials WithoutSweeps(TimeSpan visibility) => this with
    {
        IsSweepless = true,
        Visibility = visibility,
        Lost = 0,
        Killed = 0,
        ClockAhead = TimeSpan.Zero,
        Tight = false,
        Delay = Delay < BetweenSteps / 100 ? Delay : BetweenSteps / 100,
        FunctionTimeout = FunctionTimeout < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : FunctionTimeout,
        Span = BetweenSteps * (Steps + 1),
    };

    /// <summary>How long people wait in a history without sweeps: by then every retry of an event has ended.</summary>
    public static TimeSpan BetweenSteps { get; } = TimeSpan.FromMinutes(15);
}

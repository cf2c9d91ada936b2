using System.Diagnostics;

namespace AutoMirror.Simulation;

/// <summary>Runs histories on every core, each on one plain thread, and stops at the first that goes wrong.</summary>
internal static class Runner
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    public static int Run(Options options, TextWriter output)
    {
        if (options.Seed is { } seed)
            return Tell(seed, options, output);
        var total = new Statistics();
        var watch = Stopwatch.StartNew();
        var failing = Search(options, Mutant.None, total, text => output.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss}  {text}"));
        output.WriteLine($"{total}; {watch.Elapsed.TotalSeconds:F0} s");
        return failing is null ? 0 : Tell(failing.Value, options, output);
    }

    /// <summary>The lowest failing seed that was come upon; null when there is none.</summary>
    public static int? Search(Options options, Mutant mutant, Statistics total, Action<string>? progress)
    {
        var next = options.From - 1;
        int? failing = null;
        var gate = new Lock();
        var watch = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        var threads = Enumerable.Range(0, System.Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (true)
            {
                var seed = Interlocked.Increment(ref next);
                if (seed >= options.From + options.Seeds || failing < seed || watch.Elapsed.TotalMinutes > options.Minutes)
                    return;
                var history = new History(Dials.For(seed), mutant).Run();
                lock (gate)
                {
                    total.Add(history.Statistics);
                    if (history.Violation is not null)
                        failing = Math.Min(failing ?? seed, seed);
                    if (progress is not null && watch.Elapsed - told > TellEvery)
                    {
                        told = watch.Elapsed;
                        progress(total.ToString());
                    }
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return failing;
    }

    private static int Tell(int seed, Options options, TextWriter output)
    {
        var dials = options.Without.Aggregate(Dials.For(seed), (each, fault) => Dials.Faults[fault](each));
        var history = new History(dials, kept: options.Keep, tells: true).Run();
        output.WriteLine(dials);
        foreach (var line in history.Text)
            output.WriteLine(line);
        output.WriteLine(history.Statistics);
        output.WriteLine(history.Violation is { } violation ? $"seed {seed} is wrong: {violation}" : $"seed {seed} is right");
        return history.Violation is null ? 0 : 1;
    }
}

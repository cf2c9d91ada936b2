using System.Diagnostics;

namespace AutoMirror.Simulation;

/// <summary>Runs histories on every core, each on one plain thread, and stops at the first that goes wrong.</summary>
internal static class Runner
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    public static int Run(Options options, TextWriter output)
    {
        if (options.Mutants)
            return PlantEach(options, output);
        var mutant = Mutant.All.Prepend(Mutant.None).FirstOrDefault(each => each.Name == (options.Mutant ?? Mutant.None.Name));
        if (mutant is null || options.Without.Any(fault => !Dials.Faults.ContainsKey(fault)))
        {
            output.WriteLine(
                $"bugs: {string.Join(", ", Mutant.All.Select(each => each.Name))}; faults: {string.Join(", ", Dials.Faults.Keys)}");
            return 2;
        }

        if (options.Seed is { } seed)
        {
            return Tell(
                new ShrunkHistory(
                    seed, options.Keep ?? Enumerable.Range(0, Dials.For(seed).Steps).ToHashSet(),
                    options.Without)
                { Transport = options.Transport },
                mutant, output);
        }

        var total = new Statistics();
        var watch = Stopwatch.StartNew();
        var failing = Search(options, mutant, total, text => output.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss}  {text}"));
        output.WriteLine($"{total}; {watch.Elapsed.TotalSeconds:F0} s");
        if (failing is null)
            return 0;
        output.WriteLine($"seed {failing} fails; what does not matter is left out:");
        var shrunk = Shrinker.Shrink(failing.Value, mutant, options.Transport);
        Tell(shrunk, mutant, output);
        output.WriteLine(shrunk.Command(mutant));
        return 1;
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
                var history = new History(Dials.For(seed), mutant, options.Transport).Run();
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

    private static int PlantEach(Options options, TextWriter output)
    {
        var missed = 0;
        foreach (var mutant in Mutant.All)
        {
            var total = new Statistics();
            var failing = Search(options, mutant, total, progress: null);
            var by = failing is { } seed ? new History(Dials.For(seed), mutant).Run().Violation! : "NOT FOUND";
            output.WriteLine($"{mutant.Name,-24} {total.Histories,6} histories  {(by.Length > 150 ? by[..150] + "…" : by)}");
            missed += failing is null ? 1 : 0;
        }

        return missed == 0 ? 0 : 1;
    }

    private static int Tell(ShrunkHistory shrunk, Mutant mutant, TextWriter output)
    {
        var history = shrunk.Run(mutant, tells: true);
        output.WriteLine(history.Dials);
        foreach (var line in history.Text)
            output.WriteLine(line);
        output.WriteLine(history.Statistics);
        output.WriteLine(history.Violation is { } violation ? $"seed {shrunk.Seed} is wrong: {violation}" : $"seed {shrunk.Seed} is right");
        return history.Violation is null ? 0 : 1;
    }
}

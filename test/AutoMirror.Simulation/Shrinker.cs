namespace AutoMirror.Simulation;

/// <summary>A failing history with all left out that does not matter to it.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Kept">The steps that people still take.</param>
/// <param name="Without">The faults that are left out.</param>
internal sealed record ShrunkHistory(int Seed, IReadOnlySet<int> Kept, IReadOnlyList<string> Without)
{
    public Wire.Transport Transport { get; init; } = Wire.Transport.Typed;

    public string Command(Mutant mutant)
    {
        var without = Without.Count == 0 ? "" : $" --without {string.Join(',', Without)}";
        var planted = mutant == Mutant.None ? "" : $" --mutant {mutant.Name}";
        return $"dotnet run -c Release --project test/AutoMirror.Simulation -- --seed {Seed}{without} --keep "
            + $"{(Kept.Count == 0 ? "none" : string.Join(',', Kept.Order()))}{planted}{(Transport.TakesTokens ? " --wire" : "")}";
    }

    public History Run(Mutant mutant, bool tells) =>
        new History(Without.Aggregate(Dials.For(Seed), (each, fault) => Dials.Faults[fault](each)), mutant, Transport, Kept, tells).Run();
}

/// <summary>Leaves faults and steps out of a failing history, as long as it still fails.</summary>
internal static class Shrinker
{
    private const int MostRuns = 400;

    public static ShrunkHistory Shrink(int seed, Mutant mutant, Wire.Transport? transport = null)
    {
        var runs = 0;
        bool Fails(ShrunkHistory history) => ++runs <= MostRuns && history.Run(mutant, tells: false).Violation is not null;

        var smallest = new ShrunkHistory(
            seed, Enumerable.Range(0, Dials.For(seed).Steps).ToHashSet(), [])
        { Transport = transport ?? Wire.Transport.Typed };
        foreach (var fault in Dials.Faults.Keys)
        {
            var without = smallest with { Without = [.. smallest.Without, fault] };
            smallest = Fails(without) ? without : smallest;
        }

        for (var size = smallest.Kept.Count; size > 0; size /= 2)
        {
            foreach (var part in smallest.Kept.Order().Chunk(size).ToList())
            {
                var fewer = smallest with { Kept = smallest.Kept.Except(part).ToHashSet() };
                smallest = Fails(fewer) ? fewer : smallest;
            }
        }

        return smallest;
    }
}

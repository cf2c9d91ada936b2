using System.Globalization;

namespace AutoMirror.Testing;

/// <summary>Runs a check on generated input, case by case. Each case follows from its one number, which a failure names.</summary>
public static class Seeds
{
    /// <summary>The environment variable that holds the number of the one case to run.</summary>
    public const string Variable = "AUTOMIRROR_FUZZ_SEED";

    /// <summary>The environment variable that holds how many cases to run instead of the few that the suite runs.</summary>
    public const string CountVariable = "AUTOMIRROR_FUZZ_CASES";

    /// <summary>Runs the cases <paramref name="first"/>, <paramref name="first"/> + 1, … on this thread, without a
    /// synchronisation context, so that what is awaited runs in one order only.</summary>
    public static void Each(int first, int count, Action<int, Random> check)
    {
        var cases = Setting(Variable) is { } only ? [only] : Enumerable.Range(first, Cases(count));
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            foreach (var seed in cases)
                Run(seed, check);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>How many cases to run, where the suite runs a few.</summary>
    public static int Cases(int few) => Setting(CountVariable) ?? few;

    private static int? Setting(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static void Run(int seed, Action<int, Random> check)
    {
        try
        {
            check(seed, new Random(seed));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed} ({Variable}={seed} runs it alone): {failure.Message}", failure);
        }
    }

    /// <summary>One of several, each as likely.</summary>
    public static T Of<T>(this Random random, params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}

using System.Globalization;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>Statistics by their names: the five basic ones and percentiles such as <c>p99</c> ("CloudWatch statistics
/// definitions").</summary>
internal static class Statistic
{
    public static readonly string[] Basic = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

    /// <summary>Refuses a name that is none of them.</summary>
    public static void Check(string name)
    {
        if (!Basic.Contains(name) && Percentile(name) is null)
            throw CloudWatchErrors.NotEmulated($"The statistic {name}");
    }

    /// <summary>The statistic over samples of which there is at least one.</summary>
    public static double Of(string name, IReadOnlyList<Sample> samples) => name switch
    {
        "SampleCount" => samples.Sum(sample => sample.Count),
        "Average" => samples.Sum(sample => sample.Sum) / samples.Sum(sample => sample.Count),
        "Sum" => samples.Sum(sample => sample.Sum),
        "Minimum" => samples.Min(sample => sample.Least),
        "Maximum" => samples.Max(sample => sample.Greatest),
        _ => AtRank(samples, Percentile(name) ?? throw CloudWatchErrors.NotEmulated($"The statistic {name}")),
    };

    private static double? Percentile(string name) =>
        name is ['p', .. var digits] && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 100
            ? share
            : null;

    /// <summary>The value below which that share of all values lies. A statistic set counts with its average.</summary>
    private static double AtRank(IReadOnlyList<Sample> samples, double percentile)
    {
        var ordered = samples.Select(sample => (Value: sample.Sum / sample.Count, sample.Count)).OrderBy(each => each.Value).ToList();
        var rank = ordered.Sum(each => each.Count) * percentile / 100;
        var passed = 0.0;
        foreach (var (value, count) in ordered)
        {
            passed += count;
            if (passed >= rank)
                return value;
        }

        return ordered[^1].Value;
    }
}

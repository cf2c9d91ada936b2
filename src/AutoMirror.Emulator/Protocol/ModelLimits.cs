using System.Collections.Frozen;
using System.Globalization;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// The limits that a service model sets for the members of each action's request, read from an embedded file that a script writes from
/// botocore's models (<c>write_limits.py</c> beside the emulator's tests).
/// </summary>
internal sealed class ModelLimits
{
    private readonly FrozenDictionary<string, Limit[]> _byAction;

    private ModelLimits(string file)
    {
        using var reader = new StreamReader(typeof(ModelLimits).Assembly.GetManifestResourceStream(file)!);
        _byAction = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .GroupBy(fields => fields[0]).ToFrozenDictionary(lines => lines.Key, lines => lines.Select(Read).ToArray());
    }

    public static ModelLimits Iam { get; } = new("iam-limits.txt");

    public static ModelLimits Logs { get; } = new("logs-limits.txt");

    public static ModelLimits CloudWatch { get; } = new("cloudwatch-limits.txt");

    public static ModelLimits Lambda { get; } = new("lambda-limits.txt");

    public IReadOnlyList<Limit> Of(string action) => _byAction.GetValueOrDefault(action, []);

    /// <summary>A line: action, path, whether it is required, least, most, values, pattern.</summary>
    private static Limit Read(string[] fields) => new(fields[1])
    {
        Required = fields[2].Length > 0,
        Least = Number(fields[3]) ?? 0,
        Most = Number(fields[4]) ?? long.MaxValue,
        Values = fields[5].Length > 0 ? fields[5].Split('|') : null,
        Pattern = fields[6].Length > 0 ? fields[6] : null,
    };

    private static long? Number(string text) => text.Length > 0 ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}

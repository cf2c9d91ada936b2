using System.Globalization;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// Which members of a Query service's requests are not texts, by the service model: their paths, <c>MetricData.Value</c>. A Query request
/// has only texts and does not say.
/// </summary>
internal sealed record QueryTypes
{
    public IReadOnlyCollection<string> Numbers { get; init; } = [];

    public IReadOnlyCollection<string> Flags { get; init; } = [];

    public IReadOnlyCollection<string> Times { get; init; } = [];

    public JsonNode Read(string name, string text)
    {
        if (Flags.Contains(name))
            return bool.TryParse(text, out var flag) ? flag : throw Malformed(name, text, "a flag");
        if (Times.Contains(name))
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUnixTimeMilliseconds() / 1000.0
                : throw Malformed(name, text, "a time");
        }

        if (!Numbers.Contains(name))
            return text;
        // As JSON has it: a number that can be read as a whole one or as one with a fraction.
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture))!
            : throw Malformed(name, text, "a number");
    }

    private static AwsException Malformed(string name, string text, string what) =>
        new("MalformedInput", $"{name}: {text} is not {what}");
}

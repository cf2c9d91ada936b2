using System.CommandLine;
using System.Globalization;

namespace AutoMirror.Cli;

/// <summary>An option that takes a time such as <c>30m</c>, <c>1h</c> or <c>2d</c>; anything else is an error that says so.</summary>
internal static class DurationOption
{
    private const string Form = "a whole number of minutes, hours or days, such as 30m, 1h or 2d";

    // A year, as the policy's hours.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8760);

    public static Option<TimeSpan> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        Required = true,
        CustomParser = result =>
        {
            if (TryParse(result.Tokens[0].Value) is { } time)
                return time;
            result.AddError($"{name} takes {Form}, and not '{result.Tokens[0].Value}'.");
            return default;
        },
    };

    private static TimeSpan? TryParse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count == 0 || count > Longest.TotalMinutes)
        {
            return null;
        }

        TimeSpan? time = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
        return time <= Longest ? time : null;
    }
}

using System.CommandLine;
using System.Globalization;

namespace AutoMirror.Cli;

/// <summary>An option that takes a whole number between two others; anything else is an error that says so.</summary>
internal static class WholeNumberOption
{
    public static Option<int> Create(string name, string description, int least, int most, int fallback, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= most)
                {
                    return number;
                }

                result.AddError($"{name} takes a whole number from {least} to {most}, not '{result.Tokens[0].Value}'.");
                return fallback;
            },
        };
}

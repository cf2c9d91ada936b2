using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.Ssm;

/// <summary>
/// What names and values of parameters may be ("Parameter name requirements and constraints" and "Managing parameter tiers").
/// </summary>
internal static partial class ParameterRules
{
    private const int LongestName = 1011;
    private const int MostLevels = 15;
    private const int StandardSize = 4096;
    private const int AdvancedSize = 8192;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void CheckName(string name)
    {
        if (name.Length is 0 or > LongestName)
            throw SsmErrors.Validation($"Parameter name must have between 1 and {LongestName} characters.");
        if (!NameForm().IsMatch(name))
        {
            throw SsmErrors.Validation( // (seen in part)
                "Parameter name: can't be empty and can only include letters, numbers, and the following symbols: . - _ /");
        }

        if (name.Contains('/') && !name.StartsWith('/'))
            throw SsmErrors.Validation("Parameter name must be a fully qualified name."); // (seen)
        var first = name.Trim('/').Split('/')[0];
        if (first.StartsWith("aws", StringComparison.OrdinalIgnoreCase) || first.StartsWith("ssm", StringComparison.OrdinalIgnoreCase))
            throw SsmErrors.Validation("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive)."); // (seen in part)
        if (name.Count(character => character == '/') > MostLevels)
            throw SsmErrors.TooManyLevels();
    }

    public static void CheckPath(string path)
    {
        if (path.StartsWith('/') && NameForm().IsMatch(path))
            return;
        throw SsmErrors.Validation( // (seen)
            "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash \"/\". It "
                + "can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must use only letters, numbers, or the following "
                + "symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must "
                + "use the forward slash symbol \"/\". Valid example: /get/parameters2-/by1./path0_.");
    }

    public static string TierOf(string? wanted, string? old, string value) => wanted switch
    {
        "Intelligent-Tiering" when value.Length > StandardSize => "Advanced",
        null or "Intelligent-Tiering" => old ?? "Standard",
        _ => wanted,
    };

    public static void CheckValue(string value, string tier, string? pattern)
    {
        if (value.Length == 0)
        {
            throw SsmErrors.Validation( // (seen)
                "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or "
                    + "equal to 1.");
        }

        if (value.Contains("{{", StringComparison.Ordinal) && value.Contains("}}", StringComparison.Ordinal))
            throw SsmErrors.Validation("Parameter value can't nest another parameter. Do not use \"{{}}\" in the value."); // (seen)
        if (tier == "Advanced" && value.Length > AdvancedSize)
            throw SsmErrors.Validation($"Advanced tier parameters support a maximum parameter value of {AdvancedSize} characters.");
        if (tier != "Advanced" && value.Length > StandardSize)
        {
            throw SsmErrors.Validation( // (seen)
                $"Standard tier parameters support a maximum parameter value of {StandardSize} characters. To create a larger parameter "
                    + "value, upgrade the parameter to use the advanced-parameter tier. For more information, see "
                    + "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
        }

        if (!string.IsNullOrEmpty(pattern) && !Regex.IsMatch(value, pattern, RegexOptions.None, Patience))
            throw SsmErrors.PatternMismatch();
    }

    [GeneratedRegex("^[a-zA-Z0-9_.\\-/]+$")]
    private static partial Regex NameForm();
}

namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>
/// ARNs with wildcards. "You can use wildcard characters within any ARN segment (the parts separated by colons)": so the first five parts
/// are compared one by one, and the sixth, the resource, as a whole.
/// </summary>
internal static class ArnPattern
{
    private const int Parts = 6;

    /// <summary>Whether an ARN is one that an escaped pattern means; <c>*</c> alone means every resource.</summary>
    public static bool Matches(string pattern, string arn)
    {
        if (pattern == "*" || pattern == arn)
            return true;
        var (wanted, actual) = (pattern.Split(':', Parts), arn.Split(':', Parts));
        // A shorter pattern, such as arn:aws:logs:*, means everything below its last part.
        if (wanted.Length < Parts && wanted[^1].EndsWith('*'))
            return actual.Length >= wanted.Length && All(wanted, actual);
        return wanted.Length == actual.Length && All(wanted, actual);
    }

    private static bool All(string[] wanted, string[] actual) =>
        wanted.Zip(actual).All(pair => Glob.MatchesEscaped(pair.First, pair.Second));
}

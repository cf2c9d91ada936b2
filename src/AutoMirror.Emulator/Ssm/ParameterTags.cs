using System.Collections.Immutable;

namespace AutoMirror.Emulator.Ssm;

/// <summary>
/// What tags a parameter may have: fifty, whose lengths are the service model's ("Tag restrictions" of the Tag Editor guide). The
/// errors are SSM's, where EC2 has its own.
/// </summary>
internal static class ParameterTags
{
    private const int TagsPerParameter = 50;

    public static ImmutableSortedDictionary<string, string> Merge(
        ImmutableSortedDictionary<string, string> old, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null)
            return old;
        if (tags.Keys.Any(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
            throw SsmErrors.Validation("Tag keys that start with aws: are reserved for AWS.");
        var merged = old.SetItems(tags);
        return merged.Count > TagsPerParameter ? throw SsmErrors.TooManyTags() : merged;
    }
}

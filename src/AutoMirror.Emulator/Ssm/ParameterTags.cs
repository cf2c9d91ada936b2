using System.Collections.Immutable;

namespace AutoMirror.Emulator.Ssm;

/// <summary>
/// What tags a parameter may have ("Tag restrictions" of the Tag Editor guide): fifty. Their lengths are limits of the service model. The
/// errors are those of SSM; EC2 has others.
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

using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Tagging;

/// <summary>
/// What tags may be ("Tag restrictions" in the EC2 User Guide). Lengths are in Unicode characters; the service model gives keys 127 of
/// them, the guide 128. Keys that begin with <c>aws:</c> are for AWS services.
/// </summary>
internal static class TagRules
{
    private const int TagsPerResource = 50;
    private const int KeyLength = 128;
    private const int ValueLength = 256;

    public static ImmutableSortedDictionary<string, string> Checked(IReadOnlyDictionary<string, string>? tags, bool byService = false) =>
        tags is null ? Resource.NoTags : Merge(Resource.NoTags, tags, byService);

    public static ImmutableSortedDictionary<string, string> Merge(
        ImmutableSortedDictionary<string, string> old, IReadOnlyDictionary<string, string> tags, bool byService = false)
    {
        foreach (var (key, value) in tags)
        {
            if (!byService && key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw Ec2Errors.ReservedTagKey();
            if (key.Length == 0)
                throw Ec2Errors.InvalidParameterValue("Tag key cannot be empty.");
            if (key.EnumerateRunes().Count() > KeyLength)
                throw Ec2Errors.TagKeyTooLong();
            if (value.EnumerateRunes().Count() > ValueLength)
                throw Ec2Errors.TagValueTooLong();
        }

        var merged = old.SetItems(tags);
        return merged.Count > TagsPerResource ? throw Ec2Errors.TagLimitExceeded() : merged;
    }
}

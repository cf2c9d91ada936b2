using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Iam;

/// <summary>Tags of roles and policies: up to fifty, with keys that are unique whatever their case ("Tags for IAM resources").</summary>
internal static class IamTags
{
    private const int Most = 50;

    public static ImmutableSortedDictionary<string, string> Read(JsonObject input) => Merge(Resource.NoTags, input);

    public static ImmutableSortedDictionary<string, string> Merge(ImmutableSortedDictionary<string, string> old, JsonObject input)
    {
        var given = input.Objects("Tags").Select(tag => KeyValuePair.Create(tag.Required("Key"), tag.Required("Value"))).ToList();
        if (given.Select(tag => tag.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count() < given.Count)
            throw IamErrors.InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        if (given.Exists(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
            throw IamErrors.InvalidInput("Tag keys that start with aws: are reserved for AWS.");
        var merged = given.Aggregate(old, (tags, tag) =>
            tags.RemoveRange(tags.Keys.Where(key => key.Equals(tag.Key, StringComparison.OrdinalIgnoreCase))).Add(tag.Key, tag.Value));
        return merged.Count > Most ? throw IamErrors.QuotaExceeded("TagsPerResource", Most) : merged;
    }
}

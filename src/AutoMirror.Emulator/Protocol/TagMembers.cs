using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Protocol;

/// <summary>Tags as most services have them: a list of keys and values.</summary>
internal static class TagMembers
{
    /// <summary>The tags in the member <c>Tags</c>; none when it is not given.</summary>
    public static ImmutableSortedDictionary<string, string> Read(JsonObject input) => Resource.NoTags.SetItems(
        input.Objects("Tags").Select(tag => KeyValuePair.Create(tag.Required("Key"), tag.Text("Value") ?? "")));

    public static JsonArray Write(IEnumerable<KeyValuePair<string, string>> tags) =>
        tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }).ToJsonArray();
}

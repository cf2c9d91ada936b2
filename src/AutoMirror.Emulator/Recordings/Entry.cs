using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Recordings;

/// <summary>A structure of a recorded answer. Its members have the names of the service model, as the aws CLI prints them.</summary>
internal readonly struct Entry(JsonElement json, string file)
{
    /// <summary>A text; null where the member is absent, null or empty.</summary>
    public string? Text(string name) => Find(name) is { } value ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        _ => throw Wrong(name, "a text"),
    } : null;

    public string Required(string name) => Text(name) ?? throw new RecordingException($"{file}: something in it has no {name}.");

    public bool Flag(string name) => Find(name) is { } value
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false"));

    public int? Integer(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number")
        : null;

    public int RequiredInteger(string name) => Integer(name) ?? throw new RecordingException($"{file}: something in it has no {name}.");

    /// <summary>A time. Version 1 of the aws CLI prints some as seconds since 1970.</summary>
    public DateTimeOffset? Time(string name) => Find(name) is { } value ? value.ValueKind switch
    {
        JsonValueKind.Number => DateTimeOffset.FromUnixTimeMilliseconds((long)(value.GetDouble() * 1000)),
        JsonValueKind.String when DateTimeOffset.TryParse(
            value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => throw Wrong(name, "a time"),
    } : null;

    /// <summary>A structure; null where it is absent.</summary>
    public Entry? Structure(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Object ? new(value, file) : throw Wrong(name, "a structure")
        : null;

    /// <summary>A list of structures; none where it is absent.</summary>
    public IReadOnlyList<Entry> Structures(string name)
    {
        var source = file;
        return [.. List(name).Select(each => each.ValueKind == JsonValueKind.Object
            ? new Entry(each, source)
            : throw new RecordingException($"{source}: {name} is not a list of structures."))];
    }

    /// <summary>A list of texts; none where it is absent.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. List(name).Select(each => each.ValueKind == JsonValueKind.String ? each.GetString()! : each.GetRawText())];

    /// <summary>Tags; interfaces call theirs <c>TagSet</c>.</summary>
    public ImmutableSortedDictionary<string, string> Tags(string name = "Tags") => Structures(name)
        .Aggregate(Resource.NoTags, (tags, tag) => tags.SetItem(tag.Required("Key"), tag.Text("Value") ?? ""));

    private IReadOnlyList<JsonElement> List(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Wrong(name, "a list")
        : [];

    private JsonElement? Find(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private RecordingException Wrong(string name, string form) => new($"{file}: {name} is not {form}.");
}

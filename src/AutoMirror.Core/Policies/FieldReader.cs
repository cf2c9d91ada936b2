using System.Text.Json;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>Reads the fields of one JSON object, and notes every field that is unknown, of a wrong type or out of range.</summary>
internal sealed class FieldReader(JsonElement json, string parameter, string path, ICollection<ConfigurationError> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The converted field; <paramref name="fallback"/> when it is absent, or wrong
    /// and noted. A converter answers null for "not allowed".</summary>
    public T Value<T>(string field, T fallback, string allowed, Func<JsonElement, T?> convert)
        where T : struct => Find(field) is { } element ? convert(element) ?? Wrong(field, element, allowed, fallback) : fallback;

    /// <inheritdoc cref="Value"/>
    public T Reference<T>(string field, T fallback, string allowed, Func<JsonElement, T?> convert)
        where T : class => Find(field) is { } element ? convert(element) ?? Wrong(field, element, allowed, fallback) : fallback;

    /// <summary>As <see cref="Value"/>, for a field whose default is "none": it may be absent or null.</summary>
    public T? Optional<T>(string field, string allowed, Func<JsonElement, T?> convert)
        where T : struct =>
        Find(field) is { ValueKind: not JsonValueKind.Null } element ? convert(element) ?? Wrong<T?>(field, element, allowed, null) : null;

    /// <inheritdoc cref="Optional"/>
    public T? OptionalReference<T>(string field, string allowed, Func<JsonElement, T?> convert)
        where T : class =>
        Find(field) is { ValueKind: not JsonValueKind.Null } element ? convert(element) ?? Wrong<T?>(field, element, allowed, null) : null;

    /// <summary>Whether there is no such field.</summary>
    public bool Absent(string field) => Find(field) is null;

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Number(string field, int fallback, int least, int most) =>
        Value(
            field, fallback, $"a whole number {least}–{most}",
            element => WholeNumber(element) is { } n && n >= least && n <= most ? (int)n : null);

    public bool Flag(string field, bool fallback) => Value<bool>(field, fallback, "true or false", element => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    });

    /// <summary>One of a few words, matched exactly.</summary>
    public T Word<T>(string field, T fallback, WordTable<T> words)
        where T : struct, Enum => Value(field, fallback, OneOf(words.Words), element => words.Find(Text(element)));

    /// <summary>A list whose every entry converts; a wrong entry is noted by its index.</summary>
    public IReadOnlyList<T> List<T>(string field, string allowedEntry, Func<string, T?> convert)
        where T : struct => Entries(field, allowedEntry, element => Text(element) is { } text ? convert(text) : null);

    /// <summary>As <see cref="List"/>; empty where the field is absent, or wrong and noted, as an empty list is.</summary>
    public IReadOnlyList<T> AtLeastOne<T>(string field, string allowedEntry, Func<string, T?> convert)
        where T : struct => Find(field) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0
            ? Wrong<IReadOnlyList<T>>(field, list, $"a list of at least one of {allowedEntry}", [])
            : List(field, allowedEntry, convert);

    /// <summary>A list of texts, none of them empty.</summary>
    public IReadOnlyList<string> Texts(string field, string allowedEntry) =>
        [.. Entries<Entry>(field, allowedEntry, e => Text(e) is { Length: > 0 } text ? new Entry(text) : null).Select(e => e.Text)];

    /// <summary>The fields of a nested object; null when it is absent, null, or wrong and noted.</summary>
    public FieldReader? Object(string field)
    {
        if (Find(field) is not { ValueKind: not JsonValueKind.Null } element)
            return null;
        if (element.ValueKind == JsonValueKind.Object)
            return new FieldReader(element, parameter, Path(field), errors);
        return Wrong<FieldReader?>(field, element, "an object", null);
    }

    /// <summary>Every field of this object as a list of texts, for objects whose field names are the user's.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TextLists(string allowedEntry) =>
        json.EnumerateObject().ToDictionary(
            property => property.Name,
            property =>
                (IReadOnlyList<string>)[
                    .. Entries<Entry>(property.Name, allowedEntry, e => Text(e) is { } text ? new Entry(text) : null).Select(e => e.Text)],
            StringComparer.Ordinal);

    /// <summary>Every field of this object as an object, for objects whose field names are the user's.</summary>
    public IEnumerable<(string Name, FieldReader Fields)> Objects() => json.EnumerateObject()
        .Select(property => (property.Name, Fields: Object(property.Name))).Where(each => each.Fields is not null)
        .Select(each => (each.Name, each.Fields!));

    /// <summary>Every field of this object as a text that is allowed, for objects whose field names are the user's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Texts(string allowed, Func<string, string, bool> isAllowed) =>
    [
        .. json.EnumerateObject().Select(property => KeyValuePair.Create(
            property.Name,
            Reference(property.Name, "", allowed, element => Text(element) is { } text && isAllowed(property.Name, text) ? text : null))),
    ];

    /// <summary>Notes that a field's value is not allowed for a reason that lies outside of it.</summary>
    public void Reject(string field, string allowed) => Wrong(field, json.GetProperty(field.Split('[')[0]), allowed, 0);

    /// <summary>Notes every field that nothing has asked for.</summary>
    public void RejectUnknown()
    {
        foreach (var property in json.EnumerateObject().Where(property => !_known.Contains(property.Name)))
            errors.Add(new(parameter, Path(property.Name), "is unknown", $"the fields {string.Join(", ", _known)}"));
    }

    internal static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    // 1.0 and 1e2 are whole numbers too (JSON Schema 2020-12, "integer").
    internal static long? WholeNumber(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number) && decimal.IsInteger(number)
            && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;

    private static string OneOf(IEnumerable<string> words) => $"one of {string.Join(", ", words.Select(word => $"\"{word}\""))}";

    private JsonElement? Find(string field)
    {
        _known.Add(field);
        return json.TryGetProperty(field, out var element) ? element : null;
    }

    private IReadOnlyList<T> Entries<T>(string field, string allowedEntry, Func<JsonElement, T?> convert)
        where T : struct
    {
        if (Find(field) is not { } list)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            return Wrong<IReadOnlyList<T>>(field, list, $"a list of {allowedEntry}", []);

        var entries = new List<T>();
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (convert(element) is { } entry)
                entries.Add(entry);
            else
                Wrong($"{field}[{index}]", element, allowedEntry, 0);
        }

        return entries;
    }

    private T Wrong<T>(string field, JsonElement found, string allowed, T fallback)
    {
        errors.Add(new(parameter, Path(field), $"is {Words.Quote(found.GetRawText())}", allowed));
        return fallback;
    }

    private string Path(string field) => path.Length == 0 ? field : $"{path}.{field}";

    private readonly record struct Entry(string Text);
}

using System.Globalization;
using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>Reads single fields of an event, whatever a sender put there.</summary>
internal static class EventFields
{
    /// <summary>The element at a path of field names, or null when there is none.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    /// <summary>The text at a path, or null when there is none or something else.</summary>
    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } text ? Text(text) : null;

    /// <summary>The texts in a list at a path, or null when there is none or something else.</summary>
    public static IReadOnlyList<string>? TextsAt(this JsonElement element, params ReadOnlySpan<string> path)
    {
        if (element.At(path) is not { ValueKind: JsonValueKind.Array } list
            || list.EnumerateArray().Any(each => each.ValueKind != JsonValueKind.String || Text(each) is null))
        {
            return null;
        }

        return [.. list.EnumerateArray().Select(each => each.GetString()!)];
    }

    /// <summary>The ids in a list at a path; empty when nothing is there, null when the list holds anything else.</summary>
    public static IReadOnlyList<Id<T>>? IdsAt<T>(this JsonElement element, params ReadOnlySpan<string> path)
        where T : IEc2Resource
    {
        if (element.At(path) is null)
            return [];
        var ids = element.TextsAt(path)?.Select(Id<T>.TryParse).ToList();
        return ids is null || ids.Contains(null) ? null : [.. ids.OfType<Id<T>>()];
    }

    /// <summary>The text of an element; null for half of a surrogate pair such as "\ud800", which is JSON and yet no text.</summary>
    public static string? Text(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The envelope's time, where it has one that can be read.</summary>
    public static DateTimeOffset? EventTime(this JsonElement envelope) =>
        DateTimeOffset.TryParse(envelope.TextAt("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>The error of a field that does not hold what it must.</summary>
    public static EventReading.Malformed Malformed(this JsonElement element, string expected, params ReadOnlySpan<string> path) =>
        new(string.Join('.', path), Describe(element.At(path)), expected);

    /// <summary>What was found in a field, for an error text.</summary>
    public static string Describe(JsonElement? found) => found is { } element ? $"is {Words.Quote(element.GetRawText())}" : "is missing";
}

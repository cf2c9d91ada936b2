using System.Buffers;

namespace AutoMirror.Core.Model;

/// <summary>A kind of EC2 resource, known by the prefix of its ids.</summary>
internal interface IEc2Resource
{
    /// <summary>What every id of this kind starts with, hyphen included, for example <c>eni-</c>.</summary>
    static abstract string IdPrefix { get; }
}

/// <summary>The id of an EC2 resource of kind <typeparamref name="T"/>: its prefix, then lower-case letters and digits.</summary>
/// <remarks>
/// EC2 documents the prefix and leaves the rest opaque. The narrow alphabet keeps what comes in with an event
/// out of filters' wildcards and out of the syntax of log lines.
/// </remarks>
internal readonly record struct Id<T> : IComparable<Id<T>>
    where T : IEc2Resource
{
    private readonly string? _value;

    private Id(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException($"An id of {typeof(T).Name} was never given its value.");

    /// <summary>The id that <paramref name="text"/> is, or null when it is none of this kind.</summary>
    public static Id<T>? TryParse(string? text) =>
        text is not null && text.StartsWith(T.IdPrefix, StringComparison.Ordinal) && IdText.IsRest(text.AsSpan(T.IdPrefix.Length))
            ? new Id<T>(text)
            : null;

    /// <summary>The id that <paramref name="text"/> is.</summary>
    /// <exception cref="FormatException">It is no id of this kind.</exception>
    public static Id<T> Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is no id of the form {T.IdPrefix}….");

    public int CompareTo(Id<T> other) => string.CompareOrdinal(_value, other._value);

    public override string ToString() => _value ?? "";
}

internal static class IdText
{
    private const int Longest = 32;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    internal static bool IsRest(ReadOnlySpan<char> text) => text.Length is > 0 and <= Longest && !text.ContainsAnyExcept(Allowed);
}

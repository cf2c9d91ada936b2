namespace AutoMirror.Core.Policies;

/// <summary>An instance type or, with <c>*</c> for its size, a whole family.</summary>
internal readonly record struct InstanceTypePattern(string Text)
{
    /// <summary>The pattern that <paramref name="text"/> is, or null when it is none.</summary>
    public static InstanceTypePattern? TryParse(string text) =>
        text.Split('.') is [{ Length: > 0 } family, { Length: > 0 } size] && IsPlain(family) && (size == "*" || IsPlain(size))
            ? new(text)
            : null;

    /// <summary>Whether an instance type is meant by it.</summary>
    public bool Matches(string instanceType) => Text.EndsWith(".*", StringComparison.Ordinal)
        ? instanceType.StartsWith(Text.AsSpan()[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(Text, instanceType, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Text;

    private static bool IsPlain(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

namespace AutoMirror.Core.Policies;

/// <summary>One thing that is wrong in Parameter Store: where, what stands there, and what is allowed.</summary>
/// <param name="Parameter">The parameter's full name.</param>
/// <param name="Field">The field inside a JSON document, such as <c>limits.percent</c>; null when the whole value is meant.</param>
/// <param name="Found">What stands there, shortened.</param>
/// <param name="Allowed">What is allowed there.</param>
public sealed record ConfigurationError(string Parameter, string? Field, string Found, string Allowed)
{
    private const int LongestShown = 80;

    /// <inheritdoc/>
    public override string ToString() => Field is null
        ? $"parameter {Parameter}: {Found}; allowed: {Allowed}"
        : $"parameter {Parameter}, field {Field}: {Found}; allowed: {Allowed}";

    /// <summary>A value for an error text: quoted, on one line, not too long.</summary>
    public static string Quote(string value)
    {
        var line = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestShown ? $"'{line}'" : $"'{line[..LongestShown]}…'";
    }
}

namespace AutoMirror.Core.Policies;

/// <summary>One thing that is wrong in Parameter Store.</summary>
/// <param name="Field">The field inside a JSON document, such as <c>limits.percent</c>; null when the whole value is meant.</param>
internal sealed record ConfigurationError(string Parameter, string? Field, string Found, string Allowed)
{
    public override string ToString() => Field is null
        ? $"parameter {Parameter}: {Found}; allowed: {Allowed}"
        : $"parameter {Parameter}, field {Field}: {Found}; allowed: {Allowed}";
}

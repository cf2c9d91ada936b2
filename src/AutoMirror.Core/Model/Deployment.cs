namespace AutoMirror.Core.Model;

/// <summary>The name of one AutoMirror in an account and Region: what it owns carries this name. <c>[A-Za-z0-9-]{1,32}</c></summary>
internal sealed record Deployment
{
    /// <summary>What <see cref="TryParse"/> takes, for error texts.</summary>
    public const string Allowed = "1–32 letters, digits and hyphens";

    private Deployment(string name) => Name = name;

    /// <summary>The name when none is set.</summary>
    public static Deployment Default { get; } = new("automirror");

    public string Name { get; }

    /// <summary>The deployment of that name, or null when the name is not allowed.</summary>
    public static Deployment? TryParse(string? name) =>
        name is { Length: >= 1 and <= 32 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? new(name) : null;

    public override string ToString() => Name;
}

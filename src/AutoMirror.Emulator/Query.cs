namespace AutoMirror.Emulator;

/// <summary>What a describe asks for.</summary>
public sealed record Query
{
    /// <summary>Everything, of which a describe gives the first page.</summary>
    public static Query All { get; } = new();

    /// <summary>The ids of the resources wanted; none for all. It is an error when one does not exist.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Filters that all have to match.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>The most results of a page; null for the service's own limit.</summary>
    public int? MaxResults { get; init; }

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? NextToken { get; init; }

    /// <summary>Whether to list what service providers manage even where the account's setting hides it.</summary>
    public bool IncludeManagedResources { get; init; }
}

/// <summary>
/// A filter of a describe: a name, and values of which one has to match. In a value <c>*</c> stands for any text and <c>?</c> for any
/// character.
/// </summary>
public sealed record Filter(string Name, IReadOnlyList<string> Values)
{
    public Filter(string name, params string[] values) : this(name, (IReadOnlyList<string>)values)
    {
    }
}

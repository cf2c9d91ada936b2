namespace AutoMirror.Emulator;

/// <summary>
/// A filter of a describe: a name and values of which one must match; <c>*</c> and <c>?</c> stand for any text and any character.
/// </summary>
public sealed record Filter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>A filter from its values.</summary>
    public Filter(string name, params string[] values) : this(name, (IReadOnlyList<string>)values)
    {
    }
}

/// <summary>What a describe asks for.</summary>
public sealed record Query
{
    /// <summary>Everything, a page at a time.</summary>
    public static Query All { get; } = new();

    /// <summary>Ids; empty means all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Filters, all of which must match.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>How many at most; null leaves it to the service.</summary>
    public int? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? NextToken { get; init; }
}

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// Where a REST service's action is: a method and a path, of which the parts in braces are members of the request, for example
/// <c>/2015-03-31/functions/{FunctionName}/code</c>. The status is that of its success.
/// </summary>
internal sealed record RestRoute(string Action, string Method, string Path, int Status = 200)
{
    private readonly string[] _parts = Path.Trim('/').Split('/');

    /// <summary>The members that are lists in the URL's query, by their names there.</summary>
    public IReadOnlyDictionary<string, string> Lists { get; init; } = new Dictionary<string, string>();

    /// <summary>The members that the model has in headers, by the headers' names.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The member that is the whole body; null where the body is the structure of the other members.</summary>
    public string? Payload { get; init; }

    /// <summary>The members in the path when the request is for this route; null when it is not.</summary>
    public Dictionary<string, string>? Match(string method, string path)
    {
        var parts = path.Trim('/').Split('/');
        if (method != Method || parts.Length != _parts.Length)
            return null;
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (expected, actual) in _parts.Zip(parts))
        {
            if (expected[0] == '{')
                members[expected[1..^1]] = Uri.UnescapeDataString(actual);
            else if (expected != actual)
                return null;
        }

        return members;
    }
}

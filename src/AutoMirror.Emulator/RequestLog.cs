namespace AutoMirror.Emulator;

/// <summary>One request as it came over the wire, and what became of it.</summary>
public sealed record LoggedRequest(
    DateTimeOffset Time, string Service, string Action, IReadOnlyDictionary<string, string> Parameters, string? AccessKeyId, string Outcome)
{
    /// <summary>The outcome of a request that was answered.</summary>
    public const string Ok = "ok";
}

/// <summary>Every request over the wire, in order; outcome is <c>ok</c> or the error's code.</summary>
public sealed class RequestLog
{
    private readonly Lock gate = new();
    private readonly List<LoggedRequest> requests = [];

    /// <summary>A copy of what there is.</summary>
    public IReadOnlyList<LoggedRequest> Snapshot()
    {
        lock (gate)
            return [.. requests];
    }

    /// <summary>How many requests there were for an action, whatever their outcome; for all when null.</summary>
    public int Count(string? action = null)
    {
        lock (gate)
            return action is null ? requests.Count : requests.Count(request => request.Action == action);
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        lock (gate)
            requests.Clear();
    }

    internal void Add(LoggedRequest request)
    {
        lock (gate)
            requests.Add(request);
    }
}

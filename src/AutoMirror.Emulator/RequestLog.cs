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
    private readonly Lock _gate = new();
    private readonly List<LoggedRequest> _requests = [];

    /// <summary>A copy of what there is.</summary>
    public IReadOnlyList<LoggedRequest> Snapshot()
    {
        lock (_gate)
            return [.. _requests];
    }

    /// <summary>How many requests there were for an action, whatever their outcome; for all when null.</summary>
    public int Count(string? action = null)
    {
        lock (_gate)
            return action is null ? _requests.Count : _requests.Count(request => request.Action == action);
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        lock (_gate)
            _requests.Clear();
    }

    internal void Add(LoggedRequest request)
    {
        lock (_gate)
            _requests.Add(request);
    }
}

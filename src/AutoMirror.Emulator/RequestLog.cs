namespace AutoMirror.Emulator;

/// <summary>
/// A request as it came over the wire, with its parameters by their dotted names. The outcome is <see cref="Ok"/> or the error's code.
/// </summary>
public sealed record LoggedRequest(
    DateTimeOffset Time, string Service, string Action, IReadOnlyDictionary<string, string> Parameters, string? AccessKeyId, string Outcome)
{
    public const string Ok = "ok";

    /// <summary>How long the answer took: what the emulator's network let it wait, and its work.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>What went wrong on its way, in the words of <see cref="Faults.RequestFaults"/>; null for nothing.</summary>
    public string? Fault { get; init; }
}

/// <summary>Every request that came over the wire, in order.</summary>
public sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<LoggedRequest> _requests = [];

    /// <summary>A copy of the requests so far.</summary>
    public IReadOnlyList<LoggedRequest> Snapshot()
    {
        lock (_gate)
            return [.. _requests];
    }

    /// <summary>The last of the requests so far.</summary>
    public IReadOnlyList<LoggedRequest> Last(int count)
    {
        lock (_gate)
            return _requests.GetRange(Math.Max(0, _requests.Count - count), Math.Min(count, _requests.Count));
    }

    /// <summary>How many requests there were for an action, whatever their outcome; with null, for all actions.</summary>
    public int Count(string? action = null)
    {
        lock (_gate)
            return action is null ? _requests.Count : _requests.Count(request => request.Action == action);
    }

    /// <summary>Forgets the requests so far.</summary>
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

namespace AutoMirror.Core.Ports;

/// <summary>How often each API action was called, by <c>service:Action</c>.</summary>
internal static class ApiCalls
{
    /// <summary>The counts of several services together, ordered by name.</summary>
    public static IReadOnlyDictionary<string, int> Of(
        params IEnumerable<(string Service, IReadOnlyDictionary<string, int> Calls)> services) =>
        new SortedDictionary<string, int>(
            services.SelectMany(service => Named(service.Service, service.Calls)).ToDictionary(), StringComparer.Ordinal);

    /// <summary>Counts with those of one more service.</summary>
    public static IReadOnlyDictionary<string, int> With(
        IReadOnlyDictionary<string, int> calls, string service, IReadOnlyDictionary<string, int> more) =>
        new SortedDictionary<string, int>(calls.Concat(Named(service, more)).ToDictionary(), StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, int>> Named(string service, IReadOnlyDictionary<string, int> calls) =>
        calls.Select(call => KeyValuePair.Create($"{service}:{call.Key}", call.Value));
}

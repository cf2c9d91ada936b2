namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>How many sessions each source has on each target, so that counting the sources of a target needs no scan.</summary>
internal sealed class SourceCounts
{
    private readonly Dictionary<string, Dictionary<string, int>> _sessionsBySource = [];

    public void Add(TrafficMirrorSession session) => Change(session, 1);

    public void Remove(TrafficMirrorSession session) => Change(session, -1);

    public int SourcesOf(string targetId) => _sessionsBySource.TryGetValue(targetId, out var sources) ? sources.Count : 0;

    public bool Has(string targetId, string source) =>
        _sessionsBySource.TryGetValue(targetId, out var sources) && sources.ContainsKey(source);

    private void Change(TrafficMirrorSession session, int by)
    {
        if (!_sessionsBySource.TryGetValue(session.TargetId, out var sources))
            _sessionsBySource[session.TargetId] = sources = [];
        var source = session.NetworkInterfaceId;
        if ((sources[source] = sources.GetValueOrDefault(source) + by) == 0)
            sources.Remove(source);
    }
}

namespace AutoMirror.Simulation.Checks;

/// <summary>What something was when.</summary>
internal sealed class Timeline<T>
{
    private readonly List<(DateTimeOffset At, T Value)> _versions = [];

    /// <summary>When the first version began.</summary>
    public DateTimeOffset Begin => _versions[0].At;

    /// <summary>The newest version; nothing when there is none.</summary>
    public T? Last => _versions.Count == 0 ? default : _versions[^1].Value;

    public void Note(DateTimeOffset at, T value) => _versions.Add((at, value));

    /// <summary>What it was at any time from then until now, the newest first.</summary>
    public IEnumerable<T> Since(DateTimeOffset from)
    {
        for (var index = _versions.Count - 1; index >= 0; index--)
        {
            yield return _versions[index].Value;
            if (_versions[index].At <= from)
                yield break;
        }
    }
}

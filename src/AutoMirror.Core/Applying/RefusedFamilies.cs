using System.Collections.Concurrent;

namespace AutoMirror.Core.Applying;

/// <summary>Families of instance types that EC2 has refused as sources, though no guide says so. Kept while the process is warm.</summary>
internal sealed class RefusedFamilies
{
    private readonly ConcurrentDictionary<string, bool> _families = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlySet<string> Snapshot() => _families.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);

    public void Refused(string family) => _families[family] = true;

    public void Accepted(string family) => _families.TryRemove(family, out _);

    public bool Contains(string family) => _families.ContainsKey(family);
}

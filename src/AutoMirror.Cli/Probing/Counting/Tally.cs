using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing.Counting;

/// <summary>Everything that was counted. It allocates for a source that is new, and for no packet.</summary>
internal sealed class Tally
{
    /// <summary>How many sources are told apart at most: far more than the 10,000 sessions that an account can have.</summary>
    public const int MostSources = 65_536;

    private readonly long[] _readings = new long[Enum.GetValues<Reading>().Length];
    private readonly Dictionary<SourceKey, SourceCount> _sources = [];
    private readonly FlowTable _flows = new();
    private SourceCount? _last;

    /// <summary>The sources, in the order in which they were first seen.</summary>
    public IEnumerable<SourceCount> Sources => _sources.Values.OrderBy(each => each.Index);

    /// <summary>Packets that were looked at.</summary>
    public long Packets => _readings.Sum();

    /// <summary>Copies of further sources, when there were too many.</summary>
    public long PacketsOfFurtherSources { get; private set; }

    /// <summary>Bytes of these copies.</summary>
    public long BytesOfFurtherSources { get; private set; }

    /// <summary>Packets whose conversation was not followed, since there were too many.</summary>
    public long FlowsNotFollowed => _flows.NotFollowed;

    /// <summary>How many packets turned out to be this.</summary>
    public long this[Reading reading] => _readings[(int)reading];

    /// <summary>Counts a packet that is no copy.</summary>
    public void Add(Reading reading) => _readings[(int)reading]++;

    /// <summary>Counts a copy, and returns the count of its source; null when there are too many sources.</summary>
    public SourceCount? Add(UInt128 address, in MirrorCopy copy, long nanoseconds)
    {
        _readings[(int)Reading.MirrorCopy]++;
        if (SourceOf(new SourceKey(copy.VirtualNetworkId, address)) is not { } source)
        {
            PacketsOfFurtherSources++;
            BytesOfFurtherSources += copy.Length;
            return null;
        }

        source.Add(copy.Length, copy.IsTruncated, copy.IsFragment, nanoseconds);
        if (copy.Flow is { } flow)
            _flows.Add(source, flow);
        return source;
    }

    private SourceCount? SourceOf(SourceKey key)
    {
        // Packets come in bursts: most are of the source of the one before.
        if (_last is { } last && last.Key == key)
            return last;
        if (!_sources.TryGetValue(key, out var source) && _sources.Count < MostSources)
            _sources[key] = source = new SourceCount(key, _sources.Count);
        return _last = source;
    }
}

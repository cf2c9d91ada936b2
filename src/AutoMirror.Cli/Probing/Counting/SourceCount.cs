namespace AutoMirror.Cli.Probing.Counting;

/// <summary>What arrived from one source.</summary>
internal sealed class SourceCount(SourceKey key, int index)
{
    /// <summary>Which source.</summary>
    public SourceKey Key => key;

    /// <summary>Its place among the sources, in the order in which they were first seen.</summary>
    public int Index => index;

    /// <summary>Copies that arrived.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes of these copies: what was delivered of each packet, its Ethernet header included, VXLAN's not.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies that were cut by EC2.</summary>
    public long Truncated { get; private set; }

    /// <summary>Copies of fragments.</summary>
    public long Fragments { get; private set; }

    /// <summary>When the first one came, in nanoseconds since 1970; 0 when the capture does not say.</summary>
    public long FirstAt { get; private set; }

    /// <summary>When the last one came, in nanoseconds since 1970.</summary>
    public long LastAt { get; private set; }

    /// <summary>Conversations that were followed.</summary>
    public long Flows { get; set; }

    /// <summary>Conversations of which only the interface's own packets came.</summary>
    public long OutboundOnly { get; set; }

    /// <summary>Conversations of which only the packets for the interface came.</summary>
    public long InboundOnly { get; set; }

    /// <summary>Conversations of which one direction came, and neither end has the interface's primary address.</summary>
    public long OneWayUnknown { get; set; }

    /// <summary>Counts a copy.</summary>
    public void Add(int length, bool isTruncated, bool isFragment, long nanoseconds)
    {
        if (Packets++ == 0)
            FirstAt = nanoseconds;
        Bytes += length;
        LastAt = nanoseconds;
        if (isTruncated)
            Truncated++;
        if (isFragment)
            Fragments++;
    }
}

namespace AutoMirror.Cli.Probing.Captures;

/// <summary>One packet of a capture, read in place: it is gone when the next one is read.</summary>
/// <param name="bytes">What the capture kept of it.</param>
/// <param name="length">How long it was on the wire, in bytes; never less than what was kept.</param>
/// <param name="linkType">What it begins with.</param>
/// <param name="nanoseconds">When it was captured, since 1970; 0 when the capture does not say.</param>
internal readonly ref struct CapturedPacket(ReadOnlySpan<byte> bytes, int length, LinkType linkType, long nanoseconds)
{
    /// <summary>What the capture kept of it.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>How long it was on the wire, in bytes; never less than what was kept.</summary>
    public int Length { get; } = length;

    /// <summary>What it begins with.</summary>
    public LinkType LinkType { get; } = linkType;

    /// <summary>When it was captured, in nanoseconds since 1970; 0 when the capture does not say.</summary>
    public long Nanoseconds { get; } = nanoseconds;
}

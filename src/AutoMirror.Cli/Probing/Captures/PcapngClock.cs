namespace AutoMirror.Cli.Probing.Captures;

/// <summary>How an interface of a pcapng file counts time.</summary>
/// <param name="Resolution">Option if_tsresol: a negative power of ten, or of two where the highest bit is set.</param>
/// <param name="OffsetSeconds">Option if_tsoffset: what is added to each timestamp.</param>
internal readonly record struct PcapngClock(byte Resolution, long OffsetSeconds)
{
    private const byte PowerOfTwo = 0x80;
    private const int MostDigits = 28;

    /// <summary>Microseconds since 1970.</summary>
    public static PcapngClock Default { get; } = new(6, 0);

    /// <summary>Nanoseconds since 1970; what does not fit is cut to what does.</summary>
    public long ToNanoseconds(ulong timestamp)
    {
        var since = (Int128)Scaled(timestamp) + ((Int128)OffsetSeconds * PcapFormat.Second);
        return (long)Int128.Clamp(since, 0, long.MaxValue);
    }

    // 2^64 * 10^9 is below 2^94, so nothing here overflows 127 bits; what is finer than that is no time at all.
    private UInt128 Scaled(ulong timestamp)
    {
        var exponent = Resolution & ~PowerOfTwo;
        var nanoseconds = (UInt128)timestamp * PcapFormat.Second;
        if ((Resolution & PowerOfTwo) != 0)
            return nanoseconds >> exponent;
        return exponent > MostDigits ? 0 : nanoseconds / PowerOfTen(exponent);
    }

    private static UInt128 PowerOfTen(int exponent)
    {
        var power = UInt128.One;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}

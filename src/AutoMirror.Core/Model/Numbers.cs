namespace AutoMirror.Core.Model;

/// <summary>The number of a session on its network interface: 1–32766, unique there; the lowest whose filter accepts a packet gets it.</summary>
/// <remarks>Range: EC2 API reference, CreateTrafficMirrorSession, SessionNumber.</remarks>
public readonly record struct SessionNumber : IComparable<SessionNumber>
{
    /// <summary>The smallest and the largest number that EC2 takes.</summary>
    public const int Minimum = 1, Maximum = 32766;

    private SessionNumber(int value) => Value = value;

    /// <summary>The first number, which the sensor vendor advises.</summary>
    public static SessionNumber First { get; } = new(Minimum);

    /// <summary>The number itself.</summary>
    public int Value { get; }

    /// <summary>The session number of that value, or null when it is out of range.</summary>
    public static SessionNumber? TryFrom(long value) => value is >= Minimum and <= Maximum ? new((int)value) : null;

    /// <inheritdoc/>
    public int CompareTo(SessionNumber other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}

/// <summary>How much of each packet is mirrored: 1–8500 bytes after the VXLAN header.</summary>
/// <remarks>Range: EC2 API reference, CreateTrafficMirrorSession, PacketLength. No length means whole packets.</remarks>
public readonly record struct PacketLength
{
    /// <summary>The smallest and the largest length that EC2 takes, in bytes.</summary>
    public const int Minimum = 1, Maximum = 8500;

    private PacketLength(int bytes) => Bytes = bytes;

    /// <summary>The length that EC2 sets by itself where the target is a Network Load Balancer: as good as none.</summary>
    public static PacketLength LoadBalancerDefault { get; } = new(Maximum);

    /// <summary>The length in bytes.</summary>
    public int Bytes { get; }

    /// <summary>The packet length of that many bytes, or null when it is out of range.</summary>
    public static PacketLength? TryFrom(long bytes) => bytes is >= Minimum and <= Maximum ? new((int)bytes) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Bytes}";
}

/// <summary>The VXLAN network identifier of a session: 24 bits (RFC 7348).</summary>
public readonly record struct VirtualNetworkId
{
    /// <summary>The smallest and the largest identifier that fit in 24 bits.</summary>
    public const int Minimum = 0, Maximum = 0xFF_FFFF;

    private VirtualNetworkId(int value) => Value = value;

    /// <summary>The identifier itself.</summary>
    public int Value { get; }

    /// <summary>The identifier of that value, or null when it is out of range.</summary>
    public static VirtualNetworkId? TryFrom(long value) => value is >= Minimum and <= Maximum ? new((int)value) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}

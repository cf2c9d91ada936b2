namespace AutoMirror.Core.Model;

/// <summary>The VXLAN network identifier of a session: 24 bits (RFC 7348).</summary>
internal readonly record struct VirtualNetworkId
{
    /// <summary>The smallest and the largest identifier that fit in 24 bits.</summary>
    public const int Minimum = 0, Maximum = 0xFF_FFFF;

    private VirtualNetworkId(int value) => Value = value;

    public int Value { get; }

    /// <summary>The identifier of that value, or null when it is out of range.</summary>
    public static VirtualNetworkId? TryFrom(long value) => value is >= Minimum and <= Maximum ? new((int)value) : null;

    public override string ToString() => $"{Value}";
}

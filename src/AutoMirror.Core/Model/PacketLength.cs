namespace AutoMirror.Core.Model;

/// <summary>How much of each packet is mirrored: 1–8500 bytes after the VXLAN header.</summary>
/// <remarks>Range: EC2 API reference, CreateTrafficMirrorSession, PacketLength. No length means whole packets.</remarks>
internal readonly record struct PacketLength
{
    /// <summary>The smallest and the largest length that EC2 takes, in bytes.</summary>
    public const int Minimum = 1, Maximum = 8500;

    private PacketLength(int bytes) => Bytes = bytes;

    /// <summary>The length that EC2 sets by itself where the target is a Network Load Balancer: as good as none.</summary>
    public static PacketLength LoadBalancerDefault { get; } = new(Maximum);

    public int Bytes { get; }

    /// <summary>The packet length of that many bytes, or null when it is out of range.</summary>
    public static PacketLength? TryFrom(long bytes) => bytes is >= Minimum and <= Maximum ? new((int)bytes) : null;

    public override string ToString() => $"{Bytes}";
}

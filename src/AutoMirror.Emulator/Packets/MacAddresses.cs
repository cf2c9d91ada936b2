using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Packets;

/// <summary>Who is at the other end of the wire.</summary>
internal static class MacAddresses
{
    /// <summary>What an interface sees for a peer: the peer's own address in the same subnet, otherwise that of the VPC's router.</summary>
    public static string NextHop(NetworkInterface own, NetworkInterface? peer) =>
        peer is not null && peer.SubnetId == own.SubnetId ? peer.MacAddress : RouterOf(own.SubnetId);

    /// <summary>The router of a subnet, which the subnet's id decides.</summary>
    private static string RouterOf(string subnetId)
    {
        var digits = subnetId[^8..];
        return string.Join(':', (string[])["02", "01", .. digits.Chunk(2).Select(each => new string(each))]);
    }
}

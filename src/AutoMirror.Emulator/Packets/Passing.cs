using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>Packets, all alike, that pass an interface in one direction.</summary>
internal sealed record Passing(NetworkInterface At, bool IsEgress, EthernetFrame Frame, IpPacket Packet, int Count)
{
    public string Direction => DirectionOf(IsEgress);

    public PacketFate Fate(PacketFateKind kind, string because, int? count = null) => FateAt(At, IsEgress, kind, because, count ?? Count);

    public static PacketFate FateAt(NetworkInterface at, bool isEgress, PacketFateKind kind, string because, int count) => new()
    {
        NetworkInterfaceId = at.Id, Direction = DirectionOf(isEgress), Kind = kind, Because = because, Count = count,
        IsSent = kind is PacketFateKind.Mirrored or PacketFateKind.CopyLost,
    };

    private static string DirectionOf(bool isEgress) => isEgress ? "egress" : "ingress";
}

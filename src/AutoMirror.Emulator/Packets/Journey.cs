using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>Packets, all alike, on their way from one end to the other; the frame as it was captured, where it was.</summary>
internal sealed record Journey(IpPacket Packet, EthernetFrame? Captured, PacketEnd From, PacketEnd To, int Count);

using System.Net;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Packets;

/// <summary>One end of a packet: an address, and the interface that has it; null when that is none of the account's.</summary>
internal sealed record PacketEnd(IPAddress Address, NetworkInterface? Interface);

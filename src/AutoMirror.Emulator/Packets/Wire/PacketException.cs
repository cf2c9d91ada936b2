namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>A packet that cannot be sent as it was asked for; the message says what is wrong and what is allowed.</summary>
public sealed class PacketException(string message) : Exception(message);

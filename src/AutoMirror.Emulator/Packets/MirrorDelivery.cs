namespace AutoMirror.Emulator.Packets;

/// <summary>Copies, all alike, that reached what is behind a target.</summary>
/// <param name="At">When.</param>
/// <param name="TargetId">The target.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Count">How many.</param>
/// <param name="Vxlan">The VXLAN header and the packet: what a sensor receives as a UDP payload.</param>
/// <param name="Frame">The whole frame at the sensor, outer headers included; empty where nobody knows its addresses.</param>
public sealed record MirrorDelivery(
    DateTimeOffset At, string TargetId, string SessionId, int Count, ReadOnlyMemory<byte> Vxlan, ReadOnlyMemory<byte> Frame);

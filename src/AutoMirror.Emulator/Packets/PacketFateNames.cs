using System.Diagnostics;

namespace AutoMirror.Emulator.Packets;

/// <summary>What became of packets, as scripts read it.</summary>
public static class PacketFateNames
{
    /// <summary>The name of a kind of fate, for example <c>copy-lost</c>.</summary>
    public static string NameOf(PacketFateKind kind) => kind switch
    {
        PacketFateKind.Mirrored => "mirrored",
        PacketFateKind.CopyLost => "copy-lost",
        PacketFateKind.Skipped => "skipped",
        PacketFateKind.NotAccepted => "not-accepted",
        PacketFateKind.NoSession => "no-session",
        PacketFateKind.NeverMirrored => "never-mirrored",
        PacketFateKind.NotASource => "not-a-source",
        PacketFateKind.NotLetIn => "not-let-in",
        PacketFateKind.NotArrived => "not-arrived",
        PacketFateKind.NoTraffic => "no-traffic",
        PacketFateKind.TooLong => "too-long",
        _ => throw new UnreachableException(),
    };
}

using System.Net;

namespace AutoMirror.Emulator.Packets;

/// <summary>Where copies are sent to as real datagrams.</summary>
/// <param name="TargetId">The target whose copies are; null for those of every target that has no outlet of its own.</param>
/// <param name="EndPoint">Address and port: copies come as VXLAN over UDP, whatever the target is.</param>
public sealed record MirrorOutlet(string? TargetId, IPEndPoint EndPoint);

namespace AutoMirror.Cli.Probing.Counting;

/// <summary>Whose copies they are: the session's VNI, and the primary address of its source interface. Sessions may share a VNI.</summary>
internal readonly record struct SourceKey(int VirtualNetworkId, UInt128 Address);

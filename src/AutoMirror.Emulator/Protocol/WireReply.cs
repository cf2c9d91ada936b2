namespace AutoMirror.Emulator.Protocol;

/// <summary>An answer for HTTP to carry.</summary>
internal sealed record WireReply(int Status, string ContentType, byte[] Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

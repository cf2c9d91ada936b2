namespace AutoMirror.Emulator.Protocol;

/// <summary>The start of a body. It ends with the error that a socket gives when a body stops short of its length.</summary>
internal sealed class TruncatedStream(byte[] start) : MemoryStream(start)
{
    public override int Read(byte[] buffer, int offset, int count) => End(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => End(base.Read(buffer));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override void CopyTo(Stream destination, int bufferSize) => throw Short();

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        Task.FromException(Short());

    private static int End(int read) => read > 0 ? read : throw Short();

    private static HttpIOException Short() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");
}

namespace AutoMirror.Cli.Probing.Captures;

/// <summary>Writes a capture, packet by packet, through one buffer.</summary>
internal abstract class CaptureWriter(Stream stream, bool isBigEndian) : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly BufferedStream _stream = new(stream, BufferSize);

    /// <summary>Which byte order the file has.</summary>
    protected bool IsBigEndian => isBigEndian;

    /// <summary>Writes what is still in the buffer, and closes the stream below.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>Writes a piece of the file as it is.</summary>
    protected void Put(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);
}

using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing;

/// <summary>Keeps the mirrored packets, without what brought them, so that any tool for captures can read them.</summary>
internal abstract class InnerPacketFile : IDisposable
{
    /// <summary>Creates the file: pcapng with an interface for each source where its name ends so, pcap otherwise.</summary>
    public static InnerPacketFile Create(string path, MirrorSources? sources)
    {
        var stream = File.Create(path);
        return Path.GetExtension(path).Equals(".pcapng", StringComparison.OrdinalIgnoreCase)
            ? new Named(stream, sources)
            : new Plain(stream);
    }

    /// <summary>Keeps a copy, with the length that it had at the source: a cut packet is then read as cut, not as broken.</summary>
    public abstract void Add(SourceCount? source, in MirrorCopy copy, long nanoseconds);

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class Plain(Stream stream) : InnerPacketFile
    {
        private readonly PcapWriter _writer = new(stream);

        public override void Add(SourceCount? source, in MirrorCopy copy, long nanoseconds) =>
            _writer.Write(copy.Packet, copy.OriginalLength, nanoseconds);

        public override void Dispose() => _writer.Dispose();
    }

    private sealed class Named(Stream stream, MirrorSources? sources) : InnerPacketFile
    {
        private readonly PcapngWriter _writer = new(stream);
        private readonly Dictionary<int, int> _interfaces = [];

        public override void Add(SourceCount? source, in MirrorCopy copy, long nanoseconds)
        {
            // Sources that were too many to tell apart share one.
            var index = source?.Index ?? -1;
            if (!_interfaces.TryGetValue(index, out var number))
                _interfaces[index] = number = _writer.AddInterface(source is null ? "other sources" : NameOf(source.Key));
            _writer.Write(number, copy.Packet, copy.OriginalLength, nanoseconds);
        }

        public override void Dispose() => _writer.Dispose();

        private string NameOf(SourceKey key) => sources?.Find(key.VirtualNetworkId, key.Address) is { } known
            ? $"{known.NetworkInterfaceId} VNI {key.VirtualNetworkId}"
            : $"{Address.ToAddress(key.Address)} VNI {key.VirtualNetworkId}";
    }
}

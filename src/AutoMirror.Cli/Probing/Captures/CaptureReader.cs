using System.Buffers.Binary;

namespace AutoMirror.Cli.Probing.Captures;

/// <summary>Reads a capture from its beginning to its end, or to where it is damaged. Nothing that a file holds makes it throw.</summary>
internal abstract class CaptureReader
{
    /// <summary>The longest packet that libpcap keeps (its MAXIMUM_SNAPLEN). A record that says it is longer is damaged.</summary>
    public const int LongestPacket = 262_144;

    /// <summary>Why the capture could not be read to its end, in words; null while it could.</summary>
    public string? Problem { get; private set; }

    /// <summary>Finds out which format it is.</summary>
    /// <exception cref="CaptureFormatException">It is no capture, or one in a format that is not known here.</exception>
    public static CaptureReader Open(Stream stream)
    {
        var buffer = new CaptureBuffer(stream);
        if (!buffer.TryPeek(sizeof(uint), out var magic))
            throw new CaptureFormatException("it is shorter than the header of a capture");
        var number = BinaryPrimitives.ReadUInt32BigEndian(magic);
        return number == PcapngReader.SectionHeader ? new PcapngReader(buffer) : PcapReader.Open(buffer, number);
    }

    /// <summary>Reads the next packet; false at the end, and where <see cref="Problem"/> says why there is no next one.</summary>
    public abstract bool TryRead(out CapturedPacket packet);

    /// <summary>Ends the reading here.</summary>
    protected bool Stop(string problem)
    {
        Problem ??= problem;
        return false;
    }
}

/// <summary>A file is no capture; the message goes on from "can't be read: ".</summary>
internal sealed class CaptureFormatException(string message) : Exception(message);

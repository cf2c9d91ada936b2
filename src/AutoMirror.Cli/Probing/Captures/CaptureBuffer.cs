namespace AutoMirror.Cli.Probing.Captures;

/// <summary>A stream's next bytes in one piece, without a copy for each packet.</summary>
internal sealed class CaptureBuffer(Stream stream)
{
    private const int FirstSize = 64 * 1024;

    private byte[] _bytes = new byte[FirstSize];
    private int _start;
    private int _end;

    /// <summary>How many bytes were taken so far, which is where the next one lies in the file.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the next <paramref name="count"/> bytes are there; looks at them without taking them.</summary>
    public bool TryPeek(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!Fill(count))
            return false;
        bytes = _bytes.AsSpan(_start, count);
        return true;
    }

    /// <summary>Takes the next <paramref name="count"/> bytes. They stay where they are until the next call.</summary>
    public bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        if (!TryPeek(count, out bytes))
            return false;
        _start += count;
        Position += count;
        return true;
    }

    /// <summary>Passes over <paramref name="count"/> bytes, however many; false when the stream ends before.</summary>
    public bool TrySkip(long count)
    {
        while (count > 0)
        {
            var step = (int)Math.Min(count, FirstSize);
            if (!TryTake(step, out _))
                return false;
            count -= step;
        }

        return true;
    }

    /// <summary>Whether the stream has ended here, with nothing left over.</summary>
    public bool IsAtEnd() => !Fill(1);

    private bool Fill(int count)
    {
        if (_end - _start >= count)
            return true;
        MakeRoom(count);
        while (_end - _start < count)
        {
            var read = stream.Read(_bytes, _end, _bytes.Length - _end);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }

    private void MakeRoom(int count)
    {
        var kept = _bytes.AsSpan(_start, _end - _start);
        if (count > _bytes.Length)
        {
            var larger = new byte[Math.Max(count, _bytes.Length * 2)];
            kept.CopyTo(larger);
            _bytes = larger;
        }
        else
        {
            kept.CopyTo(_bytes);
        }

        (_start, _end) = (0, kept.Length);
    }
}

using System.Globalization;

namespace AutoMirror.Cli.Printing;

/// <summary>How far a long change has come: one line on stderr that is written over, on a terminal only.</summary>
internal sealed class Progress(bool isShown, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly long _startedAt = time.GetTimestamp();
    private TimeSpan _lastLine = -BetweenLines;
    private bool _isOnLine;

    /// <summary>The progress of this process: shown where stderr is a terminal.</summary>
    public static Progress OfConsole(bool isQuiet) => new(!isQuiet && !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>How many changes there are to make; more may turn out to be needed.</summary>
    public int Total { get; set; }

    public int Done { get; private set; }

    /// <summary>One more is done.</summary>
    public void Step()
    {
        lock (_gate)
        {
            Done++;
            var elapsed = time.GetElapsedTime(_startedAt);
            if (!isShown || elapsed - _lastLine < BetweenLines)
                return;
            (_lastLine, _isOnLine) = (elapsed, true);
            Console.Error.Write($"\r{Text(Done, Math.Max(Total, Done), elapsed)}\u001b[K");
        }
    }

    /// <summary>Says what takes long, in place of the count.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            if (!isShown)
                return;
            _isOnLine = true;
            Console.Error.Write($"\r{text}\u001b[K");
        }
    }

    /// <summary>Count, rate and the time that is left.</summary>
    internal static string Text(int done, int total, TimeSpan elapsed)
    {
        var rate = done / Math.Max(elapsed.TotalSeconds, 0.001);
        var left = TimeSpan.FromSeconds(Math.Ceiling((total - done) / Math.Max(rate, 0.001)));
        return string.Create(CultureInfo.InvariantCulture, $"{done} of {total}, {rate:0.0} a second, {left:h\\:mm\\:ss} left");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOnLine)
            Console.Error.Write("\r\u001b[K");
    }
}

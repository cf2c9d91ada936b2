namespace AutoMirror.Emulator.State;

/// <summary>Wakes a cloud when the next thing on its agenda is due, for a server, which nobody else would wake.</summary>
internal sealed class Alarm : IAsyncDisposable
{
    private readonly Cloud _cloud;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;

    public Alarm(Cloud cloud)
    {
        _cloud = cloud;
        _timer = cloud.Options.Time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        cloud.AgendaChanged += Set;
        Set();
    }

    public async ValueTask DisposeAsync()
    {
        _cloud.AgendaChanged -= Set;
        await _timer.DisposeAsync();
    }

    /// <summary>Does what is due and looks for what comes next, whether something was due or the timer was early.</summary>
    private void Ring()
    {
        _cloud.Advance();
        Set();
    }

    private void Set()
    {
        lock (_gate)
        {
            if (_cloud.NextDue is not { } due)
                return;
            var wait = due - _cloud.Options.Time.GetUtcNow();
            try
            {
                // Timers cut their wait to whole milliseconds: with one more they are seldom early.
                _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // Something came due while the server stopped.
            }
        }
    }
}

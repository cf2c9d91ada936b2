namespace AutoMirror.Emulator.State;

/// <summary>
/// One lock, and the time within it. Whoever takes a turn first does what is due on the agenda, each thing at its own time; what others
/// are to hear of a turn runs when it is over and the lock is free.
/// </summary>
internal sealed class Turns(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Agenda _agenda = new();
    private List<Action> _afterwards = [];
    private DateTimeOffset? _transitionTime;
    private int _depth;

    /// <summary>Raised when the next due time may have become earlier.</summary>
    public event Action? AgendaChanged;

    /// <summary>The due time of the transition under way, otherwise the clock's.</summary>
    public DateTimeOffset Now => _transitionTime ?? time.GetUtcNow();

    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return _agenda.NextDue;
        }
    }

    /// <summary>Takes a turn, or a further one of the same thread within it. To dispose it is to leave.</summary>
    public Turn Enter()
    {
        _gate.Enter();
        if (_depth++ > 0)
            return new(this);
        try
        {
            DoWhatIsDue();
            return new(this);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public void At(DateTimeOffset due, Action action)
    {
        _agenda.Add(due, action);
        Afterwards(() => AgendaChanged?.Invoke());
    }

    public void Afterwards(Action action) => _afterwards.Add(action);

    private void DoWhatIsDue()
    {
        try
        {
            while (_agenda.TryTakeDue(time.GetUtcNow(), out var transition, out var due))
            {
                _transitionTime = due;
                transition();
            }
        }
        finally
        {
            _transitionTime = null;
        }
    }

    private void Leave()
    {
        List<Action> run = [];
        if (--_depth == 0 && _afterwards.Count > 0)
            (run, _afterwards) = (_afterwards, []);
        _gate.Exit();
        foreach (var action in run)
            action();
    }

    internal readonly struct Turn(Turns turns) : IDisposable
    {
        public void Dispose() => turns.Leave();
    }
}

namespace AutoMirror.Emulator.State;

/// <summary>What happens by itself later, in the order of due times; what is due at the same time, in the order of entry.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Sequence)> _queue = new();
    private long _sequence;

    public DateTimeOffset? NextDue => _queue.TryPeek(out _, out var priority) ? priority.Due : null;

    public void Add(DateTimeOffset due, Action action) => _queue.Enqueue(action, (due, _sequence++));

    public bool TryTakeDue(DateTimeOffset now, out Action action, out DateTimeOffset due)
    {
        if (_queue.TryPeek(out action!, out var priority) && priority.Due <= now)
        {
            _queue.Dequeue();
            due = priority.Due;
            return true;
        }

        due = default;
        return false;
    }
}

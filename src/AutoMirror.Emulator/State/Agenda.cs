namespace AutoMirror.Emulator.State;

/// <summary>What happens by itself later: a queue ordered by due time, ties in the order they were entered.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Sequence)> queue = new();
    private long sequence;

    public DateTimeOffset? NextDue => queue.TryPeek(out _, out var priority) ? priority.Due : null;

    public void Add(DateTimeOffset due, Action action) => queue.Enqueue(action, (due, sequence++));

    public bool TryTakeDue(DateTimeOffset now, out Action action, out DateTimeOffset due)
    {
        if (queue.TryPeek(out action!, out var priority) && priority.Due <= now)
        {
            queue.Dequeue();
            due = priority.Due;
            return true;
        }

        due = default;
        return false;
    }
}

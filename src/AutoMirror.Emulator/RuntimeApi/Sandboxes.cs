namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>
/// Who has which invocation: those that wait for a sandbox, sandboxes that wait for one, those under way with their deadlines, and
/// the ids that were answered. What an end means is not its business.
/// </summary>
internal sealed class Sandboxes(Cloud cloud, Action<Invocation> timedOut)
{
    private readonly LinkedList<Invocation> waiting = new();
    private readonly LinkedList<TaskCompletionSource<Invocation>> pollers = new();
    private readonly Dictionary<string, Invocation> running = [];
    private readonly HashSet<string> answered = [];

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public int Waiting => waiting.Count;

    public int Running => running.Count;

    public int Idle => pollers.Count;

    public Invocation? Find(string requestId) => running.GetValueOrDefault(requestId);

    public bool WasAnswered(string requestId) => answered.Contains(requestId);

    /// <summary>The next invocation for a sandbox that asks, now or when there is one.</summary>
    public Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        if (waiting.First is { } first)
        {
            waiting.RemoveFirst();
            return Task.FromResult(Begin(first.Value));
        }

        var poller = new TaskCompletionSource<Invocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = pollers.AddLast(poller);
        cancellationToken.Register(() =>
        {
            using (cloud.Enter())
                if (node.List is not null)
                    pollers.Remove(node);
            poller.TrySetCanceled(cancellationToken);
        });
        return poller.Task;
    }

    /// <summary>Gives an invocation to the sandbox that has waited longest, or has it wait for one.</summary>
    public Invocation Offer(Invocation invocation)
    {
        // A retry keeps its id, which is then current again.
        answered.Remove(invocation.RequestId);
        if (pollers.First is { } poller)
        {
            pollers.RemoveFirst();
            var begun = Begin(invocation);
            cloud.Afterwards(() =>
            {
                if (!poller.Value.TrySetResult(begun))
                    TakeBack(begun);
            });
        }
        else
        {
            waiting.AddLast(invocation);
        }

        return invocation;
    }

    /// <summary>An invocation is over, with an answer of its own or without.</summary>
    public void Finish(string requestId, bool wasAnswered)
    {
        running.Remove(requestId);
        if (wasAnswered)
            answered.Add(requestId);
    }

    /// <summary>The sandbox went while it was being given this: it never got it, so another does.</summary>
    private void TakeBack(Invocation invocation)
    {
        using (cloud.Enter())
            if (running.Remove(invocation.RequestId))
                Offer(invocation);
    }

    private Invocation Begin(Invocation invocation)
    {
        var begun = invocation with { Deadline = cloud.Now + Timeout };
        running[begun.RequestId] = begun;
        cloud.At(begun.Deadline, () =>
        {
            if (running.TryGetValue(begun.RequestId, out var still) && still.Deadline == begun.Deadline)
                timedOut(begun);
        });
        return begun;
    }
}

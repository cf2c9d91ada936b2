namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>
/// Who has which invocation: the invocations that wait for a sandbox, the sandboxes that wait for an invocation, those that run with
/// their deadlines, and the ids that were answered. What an end means is for <see cref="FunctionHost"/> to decide.
/// </summary>
internal sealed class Sandboxes(Cloud cloud, Action<Invocation> begunWith, Action<Invocation> timedOut)
{
    private readonly LinkedList<Invocation> _waiting = new();
    private readonly LinkedList<TaskCompletionSource<Invocation>> _pollers = new();
    private readonly Dictionary<string, Invocation> _running = [];
    private readonly HashSet<string> _answered = [];

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public int Waiting => _waiting.Count;

    public int Running => _running.Count;

    public int Idle => _pollers.Count;

    public Invocation? Find(string requestId) => _running.GetValueOrDefault(requestId);

    /// <summary>The invocation that has waited longest, which waits no more; null when none waits.</summary>
    public Invocation? TakeWaiting()
    {
        if (_waiting.First is not { } first)
            return null;
        _waiting.RemoveFirst();
        return first.Value;
    }

    public bool WasAnswered(string requestId) => _answered.Contains(requestId);

    /// <summary>Gives a sandbox the next invocation, at once or when there is one.</summary>
    public Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        if (TakeWaiting() is { } first)
            return Task.FromResult(Begin(first));

        var poller = new TaskCompletionSource<Invocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = _pollers.AddLast(poller);
        cancellationToken.Register(() =>
        {
            using (cloud.Enter())
            {
                if (node.List is not null)
                    _pollers.Remove(node);
            }

            poller.TrySetCanceled(cancellationToken);
        });
        return poller.Task;
    }

    /// <summary>Gives an invocation to the sandbox that has waited longest, or lets it wait for a sandbox.</summary>
    public Invocation Offer(Invocation invocation)
    {
        // A retry keeps its id, which is not answered then.
        _answered.Remove(invocation.RequestId);
        if (_pollers.First is { } poller)
        {
            _pollers.RemoveFirst();
            var begun = Begin(invocation);
            cloud.Afterwards(() =>
            {
                if (!poller.Value.TrySetResult(begun))
                    TakeBack(begun);
            });
        }
        else
        {
            _waiting.AddLast(invocation);
        }

        return invocation;
    }

    /// <summary>Ends an invocation, whether the runtime answered it or not.</summary>
    public void Finish(string requestId, bool wasAnswered)
    {
        _running.Remove(requestId);
        if (wasAnswered)
            _answered.Add(requestId);
    }

    /// <summary>Offers an invocation again when its sandbox went away before it got it.</summary>
    private void TakeBack(Invocation invocation)
    {
        using (cloud.Enter())
        {
            if (_running.Remove(invocation.RequestId))
                Offer(invocation);
        }
    }

    private Invocation Begin(Invocation invocation)
    {
        var begun = invocation with { BegunAt = cloud.Now, Deadline = cloud.Now + Timeout };
        _running[begun.RequestId] = begun;
        begunWith(begun);
        cloud.At(begun.Deadline, () =>
        {
            if (_running.TryGetValue(begun.RequestId, out var still) && still.Deadline == begun.Deadline)
                timedOut(begun);
        });
        return begun;
    }
}

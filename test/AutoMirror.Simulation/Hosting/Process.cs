using System.Text;
using AutoMirror.Aws.Hosting;
using AutoMirror.Simulation.Wire;
using AutoMirror.Testing;

namespace AutoMirror.Simulation.Hosting;

/// <summary>One process of the function: the real code with what it keeps between
/// invocations. A killed one never gets another answer.</summary>
internal sealed class Process : IDisposable
{
    private readonly History _history;
    private readonly MirrorFunction _function;
    private readonly MemoryStream _log = new();
    private readonly AdjustedTime _wall;

    public Process(History history, int number)
    {
        (_history, Number) = (history, number);
        var path = new CallPath(history, this);
        var clients = history.Transport.Connect(history, path);
        var errors = new List<string>();
        var settings = Settings.Read(name => history.Environment.GetValueOrDefault(name), errors);
        var jitter = new Random(HashCode.Seed(history.Dials.Seed, number, 17));
        _wall = new AdjustedTime(new ProcessTime(history.Clock, () => IsDead));
        SetClock();
        _function = new MirrorFunction(
            settings, errors, clients.Ec2, clients.Ssm, clients.Sqs, _log, history.Mutant.TimeFor(_wall), jitter.NextDouble);
    }

    public int Number { get; }

    public bool IsDead { get; private set; }

    /// <summary>What it is at work on; null when it is idle.</summary>
    public Handling? Handling { get; private set; }

    public async void Begin(Handling handling)
    {
        Handling = handling;
        handling.ClockAhead = _wall.Ahead;
        _log.SetLength(0);
        _history.Clock.At(handling.Deadline, () =>
        {
            if (Handling != handling)
                return;
            _history.Watch.RanOut(handling);
            Kill("at its deadline");
        });
        var deadline = _history.Mutant.DeadlineFor(handling.Deadline + _wall.Ahead);
        var outcome = await _function.InvokeAsync(
            Encoding.UTF8.GetBytes(_history.Mutant.PayloadFor(handling.Payload)), new Invocation(
                handling.Id, deadline, TraceId: null,
                $"arn:aws:lambda:{_history.Cloud.Options.Region}:{_history.Cloud.Options.AccountId}:function:automirror"),
            CancellationToken.None);
        outcome = _history.Mutant.AnswerFor(outcome);
        Handling = null;
        _history.Watch.Ended(handling, outcome, _log.GetBuffer().AsSpan(0, (int)_log.Length));
        handling.Ended(outcome);
    }

    /// <summary>Ends it at once, wherever it is.</summary>
    public void Kill(string when)
    {
        if (IsDead)
            return;
        IsDead = true;
        _history.Statistics.Kills++;
        _history.Note(() => $"process {Number} is killed {when}");
        var handling = Handling;
        Handling = null;
        if (handling is not null)
            _history.Clock.In(TimeSpan.Zero, () => handling.Ended(null));
    }

    public void Dispose() => _function.Dispose();

    /// <summary>A machine's clock may be ahead when a process begins, and is set right later, which sets it back. Lambda reckons its
    /// deadlines by the same clock.</summary>
    private void SetClock()
    {
        if (!_history.FaultsAreOn || _history.Dials.ClockAhead == TimeSpan.Zero)
            return;
        var random = new Random(HashCode.Seed(_history.Dials.Seed, Number, 18));
        _wall.Ahead = _history.Dials.ClockAhead * random.NextDouble();
        _history.Clock.In(_history.Dials.Span * Math.Sqrt(random.NextDouble()), () =>
        {
            _history.Note(() => $"the clock of process {Number} is set back by {_wall.Ahead.TotalSeconds:F0} s");
            _wall.Ahead = TimeSpan.Zero;
        });
    }
}

/// <summary>One invocation.</summary>
/// <param name="Id">Its request id; a retry keeps it, as Lambda does.</param>
/// <param name="Payload">What it is about.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Deadline">When Lambda ends the process.</param>
/// <param name="Ended">Takes the outcome; null when the process died.</param>
internal sealed record Handling(
    string Id, string Payload, DateTimeOffset StartedAt, DateTimeOffset Deadline, Action<InvocationOutcome?> Ended)
{
    private readonly Dictionary<string, int> _faults = [];

    public int Calls { get; set; }

    /// <summary>Since when it has waited for an answer that stalls, and begun nothing else; null when it does not.</summary>
    public DateTimeOffset? StalledAt { get; set; }

    /// <summary>How far the clock of the machine was ahead when it began.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>How many deletes and moves it has made that the limits count.</summary>
    public int Counted { get; set; }

    /// <summary>At which call its process is killed; 0 for none.</summary>
    public int DiesAtCall { get; init; }

    /// <summary>Whether that call is still done.</summary>
    public bool DiesAfterwards { get; init; }

    /// <summary>How often the action that had the worst luck went wrong.</summary>
    public int MostFaultsOfOneAction => _faults.Count == 0 ? 0 : _faults.Values.Max();

    public void NoteFault(string action) => _faults[action] = _faults.GetValueOrDefault(action) + 1;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Aws.Hosting;
using AutoMirror.Emulator.Events;

namespace AutoMirror.Simulation.Hosting;

/// <summary>EventBridge's way to the function, SQS and Lambda: events get lost, doubled, late;
/// what fails is tried again; processes come, stay warm and die.</summary>
internal sealed class Fleet(History history)
{
    // Lambda tries an asynchronous event twice more, after one minute and after two.
    private static readonly TimeSpan[] RetryWaits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    // CloudTrail tells of calls minutes later, long after they show in describes.
    private static readonly TimeSpan TrailDelay = TimeSpan.FromMinutes(3);
    private const int MostReceives = 5;
    private const int MostBatchesAtOnce = 2;

    private readonly List<Process> _processes = [];
    private readonly List<Message> _queue = [];
    private readonly Random _random = new(HashCode.Seed(history.Dials.Seed, 5, 1));
    private readonly Random _deaths = new(HashCode.Seed(history.Dials.Seed, 5, 2));
    private int _messages;
    private int _requests;
    private int _processNumber;
    private int _batches;

    /// <summary>Handlings under way, waiting to be tried again, or in the queue.</summary>
    public int Pending { get; private set; }

    /// <summary>An event on the bus: it reaches the function, or not, now or later, once or twice.</summary>
    public void Deliver(CloudEvent cloudEvent)
    {
        var dials = history.Dials;
        if (history.FaultsAreOn && _random.NextDouble() < dials.Lost)
        {
            history.Statistics.Faults++;
            history.Note(() => $"lost: {EventText.Of(cloudEvent.Json)}");
            return;
        }

        for (var times = history.FaultsAreOn && _random.NextDouble() < dials.Doubled ? 2 : 1; times > 0; times--)
        {
            var wait = (history.FaultsAreOn ? dials.Delay * _random.NextDouble() : TimeSpan.Zero)
                + (cloudEvent.DetailType == Worlds.Trail.DetailType ? TrailDelay * (0.1 + _random.NextDouble()) : TimeSpan.Zero);
            Pending++;
            history.Clock.In(wait + TimeSpan.FromMilliseconds(50), () =>
            {
                Pending--;
                Hand(cloudEvent.Json);
            });
        }
    }

    /// <summary>An event that certainly reaches the function.</summary>
    public void Hand(string json)
    {
        if (history.Dials.ThroughQueue)
            Send(json, TimeSpan.Zero);
        else
            InvokeAsynchronously(json, $"request-{++_requests}", 0);
    }

    /// <summary>A message to the function's queue.</summary>
    public string Send(string body, TimeSpan delay)
    {
        var message = new Message($"message-{++_messages}", body);
        Show(message, delay);
        return message.Id;
    }

    public void Dispose() => _processes.ForEach(process => process.Dispose());

    private void Show(Message message, TimeSpan delay)
    {
        Pending++;
        history.Clock.In(delay, () =>
        {
            _queue.Add(message);
            Pump();
        });
    }

    private void InvokeAsynchronously(string json, string request, int tries)
    {
        Pending++;
        Invoke(json, request, outcome =>
        {
            Pending--;
            if (outcome is InvocationOutcome.Answered || tries == RetryWaits.Length)
                return;
            Pending++;
            history.Clock.In(RetryWaits[tries], () =>
            {
                Pending--;
                InvokeAsynchronously(json, request, tries + 1);
            });
        });
    }

    private void Pump()
    {
        while (_queue.Count > 0 && _batches < MostBatchesAtOnce)
        {
            var batch = _queue.Take(history.Dials.BatchSize).ToList();
            _queue.RemoveRange(0, batch.Count);
            _batches++;
            var records = new JsonArray(
                [.. batch.Select(message => new JsonObject
                {
                    ["messageId"] = message.Id,
                    ["body"] = message.Body,
                    ["eventSource"] = "aws:sqs",
                })]);
            Invoke(new JsonObject { ["Records"] = records }.ToJsonString(), $"request-{++_requests}", outcome =>
            {
                _batches--;
                Pending -= batch.Count;
                var failed = outcome is InvocationOutcome.Answered { Json: var json } ? FailedIn(json) : null;
                foreach (
                    var message in batch.Where(message => failed?.Contains(message.Id) ?? true)
                        .Where(message => ++message.Receives < MostReceives))
                {
                    Show(message, history.Dials.FunctionTimeout + TimeSpan.FromSeconds(30));
                }

                Pump();
            });
        }
    }

    private static HashSet<string> FailedIn(ReadOnlyMemory<byte> json)
    {
        using var answer = JsonDocument.Parse(json);
        return [
            .. answer.RootElement.GetProperty("batchItemFailures").EnumerateArray()
                .Select(each => each.GetProperty("itemIdentifier").GetString()!)];
    }

    private void Invoke(string payload, string request, Action<InvocationOutcome?> ended)
    {
        var now = history.Clock.Now;
        var dies = history.FaultsAreOn && _deaths.NextDouble() < history.Dials.Killed;
        var handling = new Handling(request, payload, now, now + history.Dials.FunctionTimeout, ended)
        {
            DiesAtCall = dies ? _deaths.Next(1, 12) : 0,
            DiesAfterwards = _deaths.Next(2) == 0,
        };
        history.Statistics.Invocations++;
        history.Note(() => $"{request} begins: {EventText.Of(payload)}");
        FreeProcess().Begin(handling);
    }

    private Process FreeProcess()
    {
        _processes.RemoveAll(process => process.IsDead);
        var free = _processes.FindAll(process => process.Handling is null);

        // Lambda throws idle processes away when it likes.
        if (free.Count > 0 && _random.Next(20) != 0)
            return free[_random.Next(free.Count)];
        var process = new Process(history, ++_processNumber);
        _processes.Add(process);
        return process;
    }

    private sealed record Message(string Id, string Body)
    {
        public int Receives { get; set; }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.RuntimeApi;

namespace AutoMirror.Emulator.Sqs;

/// <summary>
/// What takes messages from a queue to the function ("Using Lambda with Amazon SQS"). It sends a batch when the batch is full or its
/// window is over. It deletes the messages that the function handled; those that failed come back after their visibility timeout.
/// </summary>
public sealed class EventSourceMapping
{
    private readonly Cloud _cloud;
    private readonly Queue _queue;
    private readonly FunctionHost _function;
    private readonly int _batchSize;
    private readonly TimeSpan _window;
    private readonly int? _maximumConcurrency;
    private readonly bool _reportBatchItemFailures;
    private DateTimeOffset? _windowEnd;
    private bool _isStopped;

    internal EventSourceMapping(
        Cloud cloud, Queue queue, FunctionHost function, int batchSize, TimeSpan window, int? maximumConcurrency,
            bool reportBatchItemFailures)
    {
        _cloud = cloud;
        _queue = queue;
        _function = function;
        _batchSize = batchSize;
        _window = window;
        _maximumConcurrency = maximumConcurrency;
        _reportBatchItemFailures = reportBatchItemFailures;
    }

    /// <summary>How many batches the function is working on.</summary>
    public int Running { get; private set; }

    /// <summary>
    /// Whether the function's role lets Lambda do an action of SQS with the queue, which it asks before it receives and before it deletes.
    /// </summary>
    internal Func<string, bool> May { get; init; } = _ => true;

    internal void Start()
    {
        _queue.Arrived += Pump;
        Pump();
    }

    /// <summary>Takes no more messages; the batches under way end as they would.</summary>
    internal void Stop()
    {
        _queue.Arrived -= Pump;
        _isStopped = true;
    }

    private void Pump()
    {
        while (!_isStopped && _queue.Visible > 0 && May("sqs:ReceiveMessage") && May("sqs:GetQueueAttributes")
            && (_maximumConcurrency is not { } most || Running < most))
        {
            if (_queue.Visible < _batchSize && _window > TimeSpan.Zero)
            {
                if (_windowEnd is null)
                {
                    _windowEnd = _cloud.Now + _window;
                    _cloud.At(_windowEnd.Value, Pump);
                    return;
                }

                if (_cloud.Now < _windowEnd)
                    return;
            }

            _windowEnd = null;
            Invoke(_queue.Receive(_batchSize));
        }
    }

    private void Invoke(IReadOnlyList<Message> batch)
    {
        Running++;
        var records = batch.Select(message => QueueRecord.Write(_cloud, _queue, message)).ToJsonArray();
        var payload = Encoding.UTF8.GetBytes(new JsonObject { ["Records"] = records }.ToJsonString(JsonForm.Options));
        // A message may come back while the function still has it, and then gets another handle. So each receipt keeps its own.
        var handles = batch.ToDictionary(message => message.Id, message => message.ReceiptHandle!);
        _function.Invoke(payload, result =>
        {
            Running--;
            var failed = result.IsError ? null : _reportBatchItemFailures ? FailedIds(result.Payload, handles.Keys) : [];
            var mayDelete = May("sqs:DeleteMessage");
            foreach (var (id, handle) in handles)
            {
                if (failed is not null && !failed.Contains(id) && mayDelete)
                    _queue.Delete(handle);
            }

            Pump();
        });
    }

    /// <summary>
    /// The ids of the messages that failed; null for all of them. An answer without the list, or with an empty one, is complete success.
    /// An id that is missing, empty or not of this batch makes it complete failure ("Success and failure conditions").
    /// </summary>
    private static HashSet<string>? FailedIds(string payload, Dictionary<string, string>.KeyCollection batch)
    {
        try
        {
            if (JsonNode.Parse(payload.Length == 0 ? "null" : payload) is not JsonObject answer
                || answer["batchItemFailures"] is not JsonArray failures)
            {
                return [];
            }

            var ids = failures.Select(failure => failure?["itemIdentifier"]?.GetValue<string>()).ToList();
            return ids.TrueForAll(id => id is not null && batch.Contains(id)) ? [.. ids.OfType<string>()] : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

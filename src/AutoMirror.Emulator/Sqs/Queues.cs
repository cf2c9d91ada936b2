namespace AutoMirror.Emulator.Sqs;

/// <summary>SQS's queues, and the function's event source mappings on them.</summary>
public sealed class Queues
{
    private const int LongestName = 80;

    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, Queue> _queues = new(StringComparer.Ordinal);

    internal Queues(Cloud cloud) => _cloud = cloud;

    /// <summary>All queues in the order of their names.</summary>
    public IReadOnlyList<Queue> All => _cloud.InTurn(() => _queues.Values.ToList());

    /// <summary>Creates a queue, or returns the queue that has the name already.</summary>
    public Queue Create(string name)
    {
        using (_cloud.Enter())
        {
            if (name.Length is 0 or > LongestName
                || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            {
                throw SqsErrors.InvalidQueueName();
            }

            return _queues.TryGetValue(name, out var queue) ? queue : _queues[name] = new(_cloud, name);
        }
    }

    /// <summary>A queue by name; QueueDoesNotExist when there is none.</summary>
    public Queue Get(string name) => _cloud.InTurn(() => _queues.GetValueOrDefault(name)) ?? throw SqsErrors.QueueDoesNotExist();

    /// <summary>A queue by ARN, or null.</summary>
    public Queue? FindByArn(string arn) => _cloud.InTurn(() =>
        _queues.GetValueOrDefault(arn[(arn.LastIndexOf(':') + 1)..]) is { } queue && queue.Arn == arn ? queue : null);

    /// <summary>Deletes a queue with its messages.</summary>
    public void Delete(string name)
    {
        using (_cloud.Enter())
            _queues.Remove(Get(name).Name);
    }

    /// <summary>
    /// Gives a queue's messages in batches to the function whose process somebody else starts. The limits are those of Lambda's
    /// CreateEventSourceMapping.
    /// </summary>
    public EventSourceMapping Map(
        Queue queue, int batchSize = 10, TimeSpan window = default, int? maximumConcurrency = null, bool reportBatchItemFailures = false)
    {
        using (_cloud.Enter())
        {
            CheckMapping(queue, _cloud.Function.Timeout, batchSize, window, maximumConcurrency);
            var mapping = new EventSourceMapping(
                _cloud, queue, _cloud.Function, batchSize, window, maximumConcurrency, reportBatchItemFailures);
            mapping.Start();
            return mapping;
        }
    }

    internal static void CheckMapping(Queue queue, TimeSpan functionTimeout, int batchSize, TimeSpan window, int? maximumConcurrency)
    {
        // "If you set BatchSize to a value greater than 10, you must set MaximumBatchingWindowInSeconds to at least 1."
        if (batchSize is < 1 or > 10_000 || (batchSize > 10 && window < TimeSpan.FromSeconds(1)))
            throw Invalid("Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10"); // (seen)
        if (maximumConcurrency is < 2 or > 1000)
            throw Invalid("MaximumConcurrency must be between 2 and 1000.");
        if (queue.VisibilityTimeout < functionTimeout)
        {
            throw Invalid( // (seen)
                $"Queue visibility timeout: {queue.VisibilityTimeout.TotalSeconds} seconds is less than Function timeout: "
                    + $"{functionTimeout.TotalSeconds} seconds");
        }
    }

    private static AwsException Invalid(string message) => new("InvalidParameterValueException", message);
}

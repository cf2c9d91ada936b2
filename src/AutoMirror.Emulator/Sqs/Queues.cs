namespace AutoMirror.Emulator.Sqs;

/// <summary>SQS's queues, and the function's event source mappings on them.</summary>
public sealed class Queues
{
    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private readonly List<EventSourceMapping> _mappings = [];

    internal Queues(Cloud cloud) => _cloud = cloud;

    /// <summary>All queues, by name.</summary>
    public IReadOnlyList<Queue> All
    {
        get
        {
            using (_cloud.Enter())
                return [.. _queues.Values];
        }
    }

    /// <summary>Creates a queue, or gives the one that is there.</summary>
    public Queue Create(string name)
    {
        using (_cloud.Enter())
        {
            if (name.Length is 0 or > 80 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            {
                // (seen)
                throw new AwsException(
                    "InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
            }

            return _queues.TryGetValue(name, out var queue) ? queue : _queues[name] = new(_cloud, name);
        }
    }

    /// <summary>A queue by name.</summary>
    public Queue Get(string name)
    {
        using (_cloud.Enter())
            return _queues.GetValueOrDefault(name) ?? throw DoesNotExist();
    }

    internal static AwsException DoesNotExist() =>
        new("QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = "AWS.SimpleQueueService.NonExistentQueue" };

    /// <summary>A queue by ARN, or null.</summary>
    public Queue? FindByArn(string arn)
    {
        using (_cloud.Enter())
            return _queues.GetValueOrDefault(arn[(arn.LastIndexOf(':') + 1)..]) is { } queue && queue.Arn == arn ? queue : null;
    }

    /// <summary>Deletes a queue with its messages.</summary>
    public void Delete(string name)
    {
        using (_cloud.Enter())
            _queues.Remove(Get(name).Name);
    }

    /// <summary>Lets the function have a queue's messages in batches.</summary>
    public EventSourceMapping Map(
        Queue queue, int batchSize = 10, TimeSpan window = default, int? maximumConcurrency = null, bool reportBatchItemFailures = false)
    {
        using (_cloud.Enter())
        {
            // "If you set BatchSize to a value greater than 10, you must set MaximumBatchingWindowInSeconds to at least 1."
            if (batchSize is < 1 or > 10_000 || (batchSize > 10 && window < TimeSpan.FromSeconds(1)))
            {
                // (seen)
                throw new AwsException(
                    "InvalidParameterValueException",
                        "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
            }

            if (maximumConcurrency is < 2 or > 1000)
                throw new AwsException("InvalidParameterValueException", "MaximumConcurrency must be between 2 and 1000.");
            if (queue.VisibilityTimeout < _cloud.Function.Timeout)
            {
                // (seen)
                throw new AwsException(
                    "InvalidParameterValueException",
                        $"Queue visibility timeout: {queue.VisibilityTimeout.TotalSeconds} seconds is less than Function timeout: "
                            + $"{_cloud.Function.Timeout.TotalSeconds} seconds");
            }

            var mapping = new EventSourceMapping(_cloud, queue, batchSize, window, maximumConcurrency, reportBatchItemFailures);
            _mappings.Add(mapping);
            mapping.Start();
            return mapping;
        }
    }
}

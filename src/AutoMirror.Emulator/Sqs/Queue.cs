using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Sqs;

/// <summary>
/// A standard queue: it gives a message at least once, in no promised order, and hides a message that was received ("Amazon SQS
/// visibility timeout").
/// </summary>
public sealed class Queue
{
    /// <summary>What every receipt handle begins with. It tells an old handle from a text that never was one.</summary>
    internal const string HandlePrefix = "AQEB";

    private readonly Cloud _cloud;
    private readonly LinkedList<Message> _available = new();
    private readonly Dictionary<string, Message> _inFlight = [];
    private readonly Dictionary<string, DateTimeOffset> _deadlines = [];
    private int _delayed;

    internal Queue(Cloud cloud, string name)
    {
        _cloud = cloud;
        Name = name;
        CreatedAt = ModifiedAt = cloud.Now;
    }

    public string Name { get; }

    public string Arn => _cloud.Arn("sqs", Name);

    public string Url => new Uri(_cloud.Endpoint, $"{_cloud.Options.AccountId}/{Name}").ToString();

    public DateTimeOffset CreatedAt { get; }

    /// <summary>How long a received message is hidden.</summary>
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a new message is hidden.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How long a receive waits for a message unless it says so itself.</summary>
    public TimeSpan ReceiveWait { get; set; }

    /// <summary>How long a message is kept; the emulator's messages do not expire.</summary>
    internal TimeSpan Retention { get; set; } = TimeSpan.FromDays(4);

    /// <summary>How many bytes a message may have.</summary>
    internal int MaximumMessageSize { get; set; } = 1_048_576;

    /// <summary>When an attribute was last changed.</summary>
    internal DateTimeOffset ModifiedAt { get; set; }

    public ImmutableSortedDictionary<string, string> Tags { get; internal set; } = Resource.NoTags;

    /// <summary>The queue's policy; null for none.</summary>
    public string? Policy
    {
        get => Kept.TryGetValue("Policy", out var policy) && policy.Length > 0 ? policy : null;
        set => Kept["Policy"] = value ?? "";
    }

    /// <summary>Attributes that have no effect here.</summary>
    internal Dictionary<string, string> Kept { get; } = [];

    /// <summary>Where a message goes that was received too often, and how often that is.</summary>
    public (string DeadLetterTargetArn, int MaxReceiveCount)? Redrive { get; set; }

    /// <summary>How many messages can be received.</summary>
    public int Visible => _cloud.InTurn(() => _available.Count);

    /// <summary>How many messages are received, and neither deleted nor back.</summary>
    public int NotVisible => _cloud.InTurn(() => _inFlight.Count);

    /// <summary>How many new messages are still hidden.</summary>
    public int Delayed => _cloud.InTurn(() => _delayed);

    /// <summary>How long the oldest message has been in the queue; zero when it is empty.</summary>
    internal TimeSpan AgeOfOldest => _cloud.InTurn(() => _available.Concat(_inFlight.Values).Select(message => _cloud.Now - message.SentAt)
        .DefaultIfEmpty(TimeSpan.Zero).Max());

    /// <summary>The bodies of the messages that can be received.</summary>
    public IReadOnlyList<string> Bodies => _cloud.InTurn(() => _available.Select(message => message.Body).ToList());

    /// <summary>Raised within the turn when a message can be received.</summary>
    internal event Action? Arrived;

    /// <summary>Sends a message, by default with the queue's delay.</summary>
    public Message Send(string body, TimeSpan? delay = null, JsonObject? attributes = null)
    {
        using (_cloud.Enter())
        {
            var message = new Message { Id = _cloud.Seeded.Uuid(), Body = body, Attributes = attributes, SentAt = _cloud.Now };
            if ((delay ?? Delay) is var wait && wait > TimeSpan.Zero)
            {
                _delayed++;
                _cloud.In(wait, () =>
                {
                    _delayed--;
                    Add(message);
                });
            }
            else
            {
                Add(message);
            }

            return message;
        }
    }

    /// <summary>Receives up to so many messages, and hides them for the visibility timeout.</summary>
    public IReadOnlyList<Message> Receive(int most, TimeSpan? visibilityTimeout = null)
    {
        using (_cloud.Enter())
        {
            List<Message> received = [];
            while (received.Count < most && _available.First is { } first)
            {
                _available.RemoveFirst();
                var message = first.Value;
                message.ReceiveCount++;
                message.FirstReceivedAt ??= _cloud.Now;
                message.ReceiptHandle = $"{HandlePrefix}{_cloud.Seeded.Uuid()}";
                _inFlight[message.ReceiptHandle] = message;
                ReturnIn(visibilityTimeout ?? VisibilityTimeout, message.ReceiptHandle);
                received.Add(message);
            }

            return received;
        }
    }

    /// <summary>Deletes a message by the handle of its last receipt. An older handle does nothing.</summary>
    public void Delete(string receiptHandle)
    {
        using (_cloud.Enter())
        {
            _inFlight.Remove(receiptHandle);
            _deadlines.Remove(receiptHandle);
        }
    }

    /// <summary>Changes when a received message comes back, zero at once; false when it is not in flight.</summary>
    public bool ChangeVisibility(string receiptHandle, TimeSpan timeout)
    {
        using (_cloud.Enter())
        {
            if (!_inFlight.ContainsKey(receiptHandle))
                return false;
            _deadlines.Remove(receiptHandle);
            ReturnIn(timeout, receiptHandle);
            return true;
        }
    }

    /// <summary>Gives the queue a policy that lets a service, such as <c>events.amazonaws.com</c>, send to it.</summary>
    public void Allow(string service) => Policy = new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Effect"] = "Allow", ["Principal"] = new JsonObject { ["Service"] = service }, ["Action"] = "sqs:SendMessage",
            ["Resource"] = Arn,
        }),
    }.ToJsonString();

    /// <summary>Deletes all messages.</summary>
    public void Purge()
    {
        using (_cloud.Enter())
        {
            _available.Clear();
            _inFlight.Clear();
        }
    }

    private void ReturnIn(TimeSpan timeout, string receiptHandle)
    {
        var due = _deadlines[receiptHandle] = _cloud.Now + timeout;
        if (timeout <= TimeSpan.Zero)
            Return(receiptHandle, due);
        else
            _cloud.At(due, () => Return(receiptHandle, due));
    }

    private void Return(string receiptHandle, DateTimeOffset due)
    {
        if (_deadlines.GetValueOrDefault(receiptHandle) != due)
            return;
        _deadlines.Remove(receiptHandle);
        if (!_inFlight.Remove(receiptHandle, out var message))
            return;
        if (Redrive is { } redrive && message.ReceiveCount >= redrive.MaxReceiveCount
            && _cloud.Sqs.FindByArn(redrive.DeadLetterTargetArn) is { } deadLetters)
        {
            deadLetters.Add(message);
        }
        else
        {
            Add(message);
        }
    }

    private void Add(Message message)
    {
        _available.AddLast(message);
        Arrived?.Invoke();
    }
}

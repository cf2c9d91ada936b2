using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sns;

/// <summary>SNS's standard topics by ARN.</summary>
public sealed class Topics
{
    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    internal Topics(Cloud cloud) => _cloud = cloud;

    /// <summary>All topics in the order of their ARNs.</summary>
    public IReadOnlyList<Topic> All => _cloud.InTurn(() => _topics.Values.ToList());

    public Topic? Find(string arn) => _cloud.InTurn(() => _topics.GetValueOrDefault(arn));

    /// <summary>Creates a topic, or returns the one that has the name already.</summary>
    public Topic Create(string name)
    {
        using (_cloud.Enter())
        {
            var arn = _cloud.Arn("sns", name);
            return Find(arn) ?? (_topics[arn] = new(arn));
        }
    }

    internal void Delete(string arn) => _topics.Remove(arn);

    /// <summary>Publishes what an alarm says; an action that is no topic of this account does nothing here.</summary>
    internal void PublishIfAny(string arn, string? subject, string message)
    {
        if (Find(arn) is { } topic)
            Publish(topic, subject, message);
    }

    /// <summary>Queues get the message in SNS's envelope, or as it is where their subscription says so; returns its id.</summary>
    internal string Publish(Topic topic, string? subject, string message)
    {
        using var turn = _cloud.Enter();
        var id = _cloud.Seeded.Uuid();
        topic.Add(subject, message);
        foreach (var subscription in topic.Subscriptions.Where(each => each.Protocol == "sqs"))
        {
            if (_cloud.Sqs.FindByArn(subscription.Endpoint) is not { } queue
                || !_cloud.Access.MayService("sns.amazonaws.com", queue, topic.Arn))
            {
                continue;
            }

            queue.Send(subscription.IsRaw ? message : new JsonObject
            {
                ["Type"] = "Notification", ["MessageId"] = id, ["TopicArn"] = topic.Arn, ["Subject"] = subject, ["Message"] = message,
                ["Timestamp"] = Notation.LambdaTime(_cloud.Now), ["SignatureVersion"] = "1",
            }.ToJsonString(JsonForm.Options));
        }

        return id;
    }
}

using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sns;

/// <summary>SNS's API for standard topics. The protocol is AWS Query, version 2010-03-31.</summary>
internal sealed class SnsApi(Cloud cloud) : ServiceApi("sns")
{
    private const int PageOfTopics = 100;

    public static QueryWire Wire(Cloud cloud) => new(
        new SnsApi(cloud), "2010-03-31", "http://sns.amazonaws.com/doc/2010-03-31/", new() { Flags = ["ReturnSubscriptionArn"] },
        "Attributes");

    protected override IEnumerable<Limit> LimitsOf(string action) => action switch
    {
        "TagResource" => [Limit.Needed("Tags")],
        "UntagResource" => [Limit.Needed("TagKeys")],
        _ => [],
    };

    protected override string LimitCode => "InvalidParameter";

    protected override AwsException InvalidNextToken() => Invalid("NextToken");

    protected override Handler? Find(string action) => action switch
    {
        "CreateTopic" => Create,
        "GetTopicAttributes" => input => new() { ["Attributes"] = AttributesOf(Of(input)).ToJsonObject() },
        "SetTopicAttributes" => Do(input => Of(input).Attributes[input.Required("AttributeName")] = input.Text("AttributeValue") ?? ""),
        "DeleteTopic" => Do(input => cloud.Sns.Delete(input.Required("TopicArn"))),
        "ListTopics" => List,
        "TagResource" => Do(input => Tagged(input, topic => topic.Tags.SetItems(TagMembers.Read(input)))),
        "UntagResource" => Do(input => Tagged(input, topic => topic.Tags.RemoveRange(input.Texts("TagKeys")))),
        "ListTagsForResource" => input => new() { ["Tags"] = TagMembers.Write(Of(input, "ResourceArn").Tags) },
        "Subscribe" => Subscribe,
        "Unsubscribe" => Do(Unsubscribe),
        "ListSubscriptionsByTopic" => ListSubscriptions,
        "Publish" => Publish,
        _ => null,
    };

    private static Handler Do(Action<JsonObject> work) => input =>
    {
        work(input);
        return [];
    };

    private Topic Of(JsonObject input, string member = "TopicArn") =>
        cloud.Sns.Find(input.Required(member)) ?? throw new AwsException("NotFound", "Topic does not exist", 404);

    private JsonObject Create(JsonObject input)
    {
        var name = input.Required("Name");
        if (name.Length > 256 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            throw Invalid("Topic Name");
        var topic = cloud.Sns.Create(name);
        foreach (var (attribute, value) in input["Attributes"] as JsonObject ?? [])
            topic.Attributes[attribute] = value!.GetValue<string>();
        topic.Tags = topic.Tags.SetItems(TagMembers.Read(input));
        return new() { ["TopicArn"] = topic.Arn };
    }

    private Dictionary<string, string> AttributesOf(Topic topic) => new(topic.Attributes)
    {
        ["TopicArn"] = topic.Arn, ["Owner"] = cloud.Options.AccountId,
        ["DisplayName"] = topic.Attributes.GetValueOrDefault("DisplayName", ""),
        ["SubscriptionsConfirmed"] = Notation.Number(topic.Subscriptions.Count), ["SubscriptionsPending"] = "0",
        ["SubscriptionsDeleted"] = "0",
        ["Policy"] = topic.Attributes.GetValueOrDefault("Policy", DefaultPolicy(topic)),
        ["EffectiveDeliveryPolicy"] = topic.Attributes.GetValueOrDefault(
            "DeliveryPolicy",
            """{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3},"disableSubscriptionOverrides":false}}"""),
    };

    private string DefaultPolicy(Topic topic) => new JsonObject
    {
        ["Version"] = "2008-10-17", ["Id"] = "__default_policy_ID",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "__default_statement_ID", ["Effect"] = "Allow", ["Principal"] = new JsonObject { ["AWS"] = "*" },
            ["Action"] = ((string[])["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:Subscribe", "SNS:Publish"]).ToJsonArray(),
            ["Resource"] = topic.Arn,
            ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["AWS:SourceOwner"] = cloud.Options.AccountId } },
        }),
    }.ToJsonString(JsonForm.Options);

    private JsonObject List(JsonObject input) => Page(
        "Topics", cloud.Sns.All, topic => topic.Arn, input, PageOfTopics, topic => new JsonObject { ["TopicArn"] = topic.Arn });

    private void Tagged(JsonObject input, Func<Topic, System.Collections.Immutable.ImmutableSortedDictionary<string, string>> change)
    {
        var topic = Of(input, "ResourceArn");
        topic.Tags = change(topic);
    }

    private JsonObject Subscribe(JsonObject input)
    {
        var (topic, protocol, endpoint) = (Of(input), input.Required("Protocol"), input.Required("Endpoint"));
        var subscription = topic.Subscriptions.Find(each => each.Protocol == protocol && each.Endpoint == endpoint);
        if (subscription is null)
        {
            var isRaw = input["Attributes"]?["RawMessageDelivery"]?.GetValue<string>() == "true";
            subscription = new($"{topic.Arn}:{cloud.Seeded.Uuid()}", protocol, endpoint, isRaw);
            topic.Subscriptions.Add(subscription);
        }

        return new() { ["SubscriptionArn"] = subscription.Arn };
    }

    private void Unsubscribe(JsonObject input)
    {
        var arn = input.Required("SubscriptionArn");
        foreach (var topic in cloud.Sns.All)
            topic.Subscriptions.RemoveAll(each => each.Arn == arn);
    }

    private JsonObject ListSubscriptions(JsonObject input) => new()
    {
        ["Subscriptions"] = Of(input).Subscriptions.Select(each => new JsonObject
        {
            ["SubscriptionArn"] = each.Arn, ["Owner"] = cloud.Options.AccountId, ["Protocol"] = each.Protocol,
            ["Endpoint"] = each.Endpoint, ["TopicArn"] = input.Required("TopicArn"),
        }).ToJsonArray(),
    };

    private JsonObject Publish(JsonObject input)
    {
        var topic = Of(input, input.ContainsKey("TopicArn") ? "TopicArn" : "TargetArn");
        return new() { ["MessageId"] = cloud.Sns.Publish(topic, input.Text("Subject"), input.Required("Message")) };
    }

    private static AwsException Invalid(string what) => new("InvalidParameter", $"Invalid parameter: {what}");
}

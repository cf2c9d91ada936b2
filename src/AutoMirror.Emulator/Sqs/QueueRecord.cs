using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>A message as Lambda gives it to a function ("Using Lambda with Amazon SQS", the example of a message event).</summary>
internal static class QueueRecord
{
    public static JsonObject Write(Cloud cloud, Queue queue, Message message) => new()
    {
        ["messageId"] = message.Id,
        ["receiptHandle"] = message.ReceiptHandle,
        ["body"] = message.Body,
        ["attributes"] = message.SystemAttributes(cloud.Options.AccountId).ToJsonObject(),
        ["messageAttributes"] = new JsonObject((message.Attributes ?? []).Select(pair =>
            KeyValuePair.Create(pair.Key, (JsonNode?)WriteAttribute(pair.Value!.AsObject())))),
        ["md5OfBody"] = message.Md5OfBody,
        ["eventSource"] = "aws:sqs",
        ["eventSourceARN"] = queue.Arn,
        ["awsRegion"] = cloud.Options.Region,
    };

    /// <summary>Lambda writes in camel case what SQS got in Pascal case, and two lists that SQS does not use.</summary>
    private static JsonObject WriteAttribute(JsonObject from)
    {
        var attribute = new JsonObject { ["stringListValues"] = new JsonArray(), ["binaryListValues"] = new JsonArray() };
        foreach (var (name, value) in from)
        {
            if (name is "StringValue" or "BinaryValue" or "DataType")
                attribute[$"{char.ToLowerInvariant(name[0])}{name[1..]}"] = value?.DeepClone();
        }

        return attribute;
    }
}

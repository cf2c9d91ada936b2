using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.RuntimeApi;

namespace AutoMirror.Emulator.Lambda;

/// <summary>
/// Where the results of asynchronous events go: to the function's destinations, and what failed to its dead-letter queue too. Lambda sends
/// them with the permissions of the function's role ("Capturing records of asynchronous invocations").
/// </summary>
internal sealed class AsynchronousResults(Cloud cloud)
{
    /// <summary>What the role needs for a destination, and the service's name; null for a kind that the emulator has not.</summary>
    public static (string Action, string Service)? ActionFor(string arn) => arn.Split(':').ElementAtOrDefault(2) switch
    {
        "sqs" => ("sqs:SendMessage", "SQS"),
        "sns" => ("sns:Publish", "SNS"),
        "lambda" => ("lambda:InvokeFunction", "Lambda"),
        _ => null,
    };

    public void Watch(LambdaFunction function)
    {
        function.Host.Ended += (invocation, result) =>
        {
            if (invocation.IsAsynchronous && !result.IsError && function.EventInvoke?.OnSuccess is { } destination)
            {
                Send(function, destination,
                    Write(function, "Success", System.Text.Encoding.UTF8.GetString(invocation.Payload.Span), result));
            }
        };
        function.Host.GivenUp += letter =>
        {
            var condition = letter.IsTooOld ? "EventAgeExceeded" : "RetriesExhausted";
            if (function.EventInvoke?.OnFailure is { } destination)
                Send(function, destination, Write(function, condition, letter.Payload, letter.LastResult));
            if (function.Configuration.DeadLetterTargetArn is { } queue)
                Send(function, queue, letter.Payload, Attributes(letter.LastResult));
        };
    }

    private void Send(LambdaFunction function, string arn, string message, JsonObject? attributes = null)
    {
        var role = cloud.Iam.Roles.FindByArn(function.Configuration.Role);
        var isSent = role is not null && ActionFor(arn) is var (action, _) && cloud.Access.MayRole(role, action, arn)
            && Deliver(arn, message, attributes);
        if (!isSent)
        {
            cloud.CloudWatch.Metrics.Put(new CloudWatch.Metric("AWS/Lambda", "DestinationDeliveryFailures")
                .With("FunctionName", function.Name), 1);
        }
    }

    private bool Deliver(string arn, string message, JsonObject? attributes)
    {
        if (cloud.Sqs.FindByArn(arn) is { } queue)
            queue.Send(message, attributes: attributes);
        else if (cloud.Sns.Find(arn) is { } topic)
            cloud.Sns.Publish(topic, null, message);
        else if (cloud.Lambda.HostOf(arn) is { } host)
            host.Enqueue(message);
        else
            return false;
        return true;
    }

    private string Write(LambdaFunction function, string condition, string payload, FunctionResult result) => new JsonObject
    {
        ["version"] = "1.0", ["timestamp"] = Notation.LambdaTime(cloud.Now),
        ["requestContext"] = new JsonObject
        {
            ["requestId"] = result.RequestId, ["functionArn"] = $"{function.Arn}:$LATEST", ["condition"] = condition,
            ["approximateInvokeCount"] = result.Attempt,
        },
        ["requestPayload"] = Parsed(payload),
        ["responseContext"] = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = "$LATEST" }
            .WithAny("functionError", result.IsError ? "Unhandled" : null),
        ["responsePayload"] = Parsed(result.Payload),
    }.ToJsonString(JsonForm.Options);

    private static JsonObject Attributes(FunctionResult result) => new()
    {
        ["RequestID"] = Text(result.RequestId), ["ErrorCode"] = new JsonObject { ["DataType"] = "Number", ["StringValue"] = "200" },
        ["ErrorMessage"] = Text(Parsed(result.Payload)?["errorMessage"]?.ToString() ?? "Unknown"),
    };

    private static JsonObject Text(string value) => new() { ["DataType"] = "String", ["StringValue"] = value };

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>"Amazon SQS short and long polling": a receive waits, up to its time, until there is a message.</summary>
internal static class LongPoll
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task WaitAsync(Cloud cloud, WireRequest request, CancellationToken cancellationToken)
    {
        if (request.Header("X-Amz-Target") != "AmazonSQS.ReceiveMessage" || Read(request.Body) is not { } input
            || TextOf(input["QueueUrl"]) is not { } url || cloud.Sqs.All.FirstOrDefault(each => url.EndsWith("/" + each.Name, StringComparison.Ordinal)) is not { } queue)
        {
            return;
        }

        var wait = input["WaitTimeSeconds"] is JsonValue value && value.TryGetValue<int>(out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : queue.ReceiveWait;
        // A longer wait than there can be is refused by what answers, at once.
        if (wait <= TimeSpan.Zero || wait > Longest)
            return;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrived() => arrived.TrySetResult();
        using (cloud.Enter())
        {
            if (queue.Visible > 0)
                return;
            queue.Arrived += Arrived;
        }

        try
        {
            await arrived.Task.WaitAsync(wait, cloud.Options.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing came: the receive answers with nothing.
        }
        finally
        {
            using (cloud.Enter())
                queue.Arrived -= Arrived;
        }
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject? Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

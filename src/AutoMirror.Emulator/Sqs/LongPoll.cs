using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>"Amazon SQS short and long polling": a receive waits until there is a message, as long as it or its queue says.</summary>
internal static class LongPoll
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task WaitAsync(Cloud cloud, WireRequest request, CancellationToken cancellationToken)
    {
        // A wait that is longer than allowed is for the API to refuse, at once.
        if (Recognise(cloud, request) is not (var queue, var wait) || wait <= TimeSpan.Zero || wait > Longest)
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

    /// <summary>The queue that a request receives from and how long it waits; null for any other request, or one that is wrong.</summary>
    private static (Queue Queue, TimeSpan Wait)? Recognise(Cloud cloud, WireRequest request)
    {
        if (request.Header("X-Amz-Target") != "AmazonSQS.ReceiveMessage")
            return null;
        try
        {
            var input = JsonInput.Parse(request.Body);
            var url = input.Required("QueueUrl");
            var queue = cloud.Sqs.All.FirstOrDefault(queue => url.EndsWith("/" + queue.Name, StringComparison.Ordinal));
            var wait = input.Integer("WaitTimeSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : queue?.ReceiveWait;
            return queue is null ? null : (queue, wait!.Value);
        }
        catch (Exception error) when (error is AwsException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}

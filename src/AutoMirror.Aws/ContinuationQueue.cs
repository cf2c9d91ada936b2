using Amazon.SQS;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>The function's queue through the AWS SDK.</summary>
internal sealed class ContinuationQueue(IAmazonSQS client, Uri queue, AwsCaller caller) : IContinuationQueue
{
    public IReadOnlyDictionary<string, int> Calls => caller.Calls;

    public async Task<Refusal?> SendAsync(string message, TimeSpan delay, CancellationToken cancellationToken)
    {
        // Sending a message twice does no harm, so it is tried again like a read.
        var answer = await caller.ReadAsync(
            Actions.SendMessage,
            token => client.SendMessageAsync(
                new() { QueueUrl = queue.ToString(), MessageBody = message, DelaySeconds = (int)Math.Ceiling(delay.TotalSeconds) }, token),
            cancellationToken);
        return answer.TryGet(out _, out var refusal) ? null : refusal;
    }
}

using Amazon.SQS;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Batching;

namespace AutoMirror.Aws;

/// <summary>The function's queue through the AWS SDK.</summary>
internal sealed class ContinuationQueue(IAmazonSQS client, Uri queue, AwsCaller caller) : IContinuationQueue
{
    public IReadOnlyDictionary<string, int> Calls => caller.Calls;

    public Task<Answer<string>> SendAsync(string message, TimeSpan delay, CancellationToken cancellationToken) => caller.CallAsync(
        "SendMessage",
        async ct => (await client.SendMessageAsync(new() { QueueUrl = queue.ToString(), MessageBody = message, DelaySeconds = (int)Math.Ceiling(delay.TotalSeconds) }, ct)).MessageId ?? "",
        cancellationToken);
}

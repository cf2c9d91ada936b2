namespace AutoMirror.Aws.Hosting;

/// <summary>What a host knows of one invocation, besides its payload.</summary>
/// <param name="RequestId">Lambda's id of the request; the same again when Lambda retries an asynchronous event.</param>
/// <param name="Deadline">When Lambda will end the process if no answer came.</param>
/// <param name="TraceId">The X-Ray trace header, when there is one.</param>
/// <param name="FunctionArn">The ARN by which the function was invoked; it says whose account this is.</param>
public sealed record Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId = null, string? FunctionArn = null)
{
    /// <summary>The account of the function, by its ARN or as STS says; null where the host does not know it.</summary>
    internal string? Account
    {
        get => field ?? (FunctionArn?.Split(':') is ["arn", _, "lambda", _, { Length: > 0 } account, ..] ? account : null);
        init;
    }
}

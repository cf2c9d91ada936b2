namespace AutoMirror.Aws.Hosting;

/// <summary>What a host knows of one invocation, besides its payload.</summary>
/// <param name="RequestId">Lambda's id of the request; the same again when Lambda retries an asynchronous event.</param>
/// <param name="Deadline">When Lambda will end the process if no answer came.</param>
/// <param name="TraceId">The X-Ray trace header, when there is one.</param>
public sealed record Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId = null);

namespace AutoMirror.Aws.Hosting;

/// <summary>How an invocation ended: with an answer, or as a failure that Lambda
/// must see (and, for an asynchronous event, retry).</summary>
public abstract record InvocationOutcome
{
    private InvocationOutcome()
    {
    }

    /// <summary>The function answered.</summary>
    /// <param name="Json">The answer: one JSON document in UTF-8.</param>
    public sealed record Answered(ReadOnlyMemory<byte> Json) : InvocationOutcome;

    /// <summary>The invocation failed.</summary>
    /// <param name="ErrorType">A stable name to alarm on, such as <c>AutoMirror.Misconfigured</c>: ASCII, without spaces.</param>
    /// <param name="Message">What is wrong, where, and what to do, in words.</param>
    /// <param name="StackTrace">Frames, only when a bug was the cause; otherwise empty.</param>
    public sealed record Failed(string ErrorType, string Message, IReadOnlyList<string> StackTrace) : InvocationOutcome;
}

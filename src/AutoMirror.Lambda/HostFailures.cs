using AutoMirror.Aws.Hosting;

namespace AutoMirror.Lambda;

/// <summary>The failures that the host itself reports, each named once.</summary>
internal static class HostFailures
{
    public static InvocationOutcome.Failed OutOfTime { get; } = new(
        "Function.OutOfTime",
        "The work was stopped shortly before the function's timeout, so that this could still be said. What was done is done; the next "
        + "event or the scheduled full sync does the rest. If it happens again, raise the function's timeout.",
        []);

    public static InvocationOutcome.Failed Stopped { get; } = new(
        "Function.Stopped", "Lambda is shutting this process down. What was done is done; a repeated event does the rest.", []);

    public static InvocationOutcome.Failed SnapStart { get; } = new(
        "Runtime.SnapStartNotSupported",
        "AWS_LAMBDA_INITIALIZATION_TYPE is snap-start, which this bootstrap does not support, as provided.al2023 doesn't: switch SnapStart "
        + "off. Compiled ahead of time, it starts in milliseconds without.",
        []);

    public static InvocationOutcome.Failed AnswerTooLarge(string reason) =>
        new("Function.ResponseSizeTooLarge", $"The work is done, but its answer is too large for Lambda: {reason}", []);

    /// <summary>A bug, with all that helps to find it: the causes beneath, and the frames.</summary>
    public static InvocationOutcome.Failed Of(Exception exception)
    {
        var message = exception.Message;
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
            message += $" <- {cause.GetType().Name}: {cause.Message}";
        return new InvocationOutcome.Failed(exception.GetType().Name, message, Frames(exception));
    }

    private static string[] Frames(Exception exception) =>
        exception.StackTrace?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

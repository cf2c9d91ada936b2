using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>What the function logs: at least one line an invocation, and one for
/// every session that it created, modified or deleted.</summary>
internal static partial class FunctionLog
{
    /// <summary>Something that a person should act on, with the first of the interfaces that it is about.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    public static partial void Problem(this ILogger log, string problem, string message, IReadOnlyList<string> networkInterfaceIds);

    /// <summary>An invocation did what it should.</summary>
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Scope}: {Created} created, {Modified} modified, {Deleted} deleted, {BlindByGeneration} blind by generation")]
    public static partial void Done(
        this ILogger log,
        string scope,
        int created,
        int modified,
        int deleted,
        int blindByGeneration,
        IReadOnlyDictionary<string, int> counts,
        int problems,
        bool converged,
        IReadOnlyDictionary<string, int> apiCalls,
        long durationMilliseconds);

    /// <summary>An invocation planned only: a dry run, or the policy's mode <c>observe</c>.</summary>
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Scope}: would create {Create}, modify {Modify}, delete {Delete}; {BlindByGeneration} blind by generation")]
    public static partial void Planned(
        this ILogger log,
        string scope,
        bool dryRun,
        int create,
        int modify,
        int delete,
        int blindByGeneration,
        IReadOnlyDictionary<string, int> counts,
        int problems,
        bool converged,
        IReadOnlyDictionary<string, int> apiCalls,
        long durationMilliseconds);

    /// <summary>An invocation failed in a way that a retry, a person or an alarm must see.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    public static partial void Failed(this ILogger log, string errorType, string message, Exception? bug);

    /// <summary>Something of a batch came back to the queue, or could not be handed on.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    public static partial void BatchError(this ILogger log, string message);

    /// <summary>How a batch ended.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "batch: {Records} records, {Returned} returned to the queue")]
    public static partial void BatchDone(this ILogger log, int records, int returned);

    /// <summary>The first line of a process.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "AutoMirror {Version} starts")]
    public static partial void Starts(this ILogger log, string version, string? commit);

    /// <summary>The warm-up did not get what the first event will need.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "warm-up failed: {Message}; the first event retries")]
    public static partial void ColdStart(this ILogger log, string message);
}

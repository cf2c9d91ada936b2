using Microsoft.Extensions.Logging;

namespace AutoMirror.Lambda;

/// <summary>What the host itself has to say; it writes to the same JSON lines as the function.</summary>
internal static partial class HostLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    public static partial void Warn(this ILogger log, string message, string? requestId = null);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    public static partial void Error(this ILogger log, string message, string? requestId = null);

    /// <summary>A failure that nobody has logged yet, with its frames.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    public static partial void Failed(
        this ILogger log, string errorType, string message, IReadOnlyList<string> stackTrace, string? requestId = null);

    /// <summary>For what ends the process.</summary>
    [LoggerMessage(Level = LogLevel.Critical, Message = "{Message}")]
    public static partial void Fatal(this ILogger log, string message);
}

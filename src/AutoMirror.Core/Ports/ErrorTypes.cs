namespace AutoMirror.Core.Ports;

/// <summary>AutoMirror's own names of failures, for alarms and log queries: stable, ASCII, no spaces.</summary>
internal static class ErrorTypes
{
    /// <summary>A person has to correct the configuration or the environment.</summary>
    public const string Misconfigured = "AutoMirror.Misconfigured";

    /// <summary>The event cannot be understood.</summary>
    public const string MalformedEvent = "AutoMirror.MalformedEvent";

    /// <summary>AWS did not let the work pass; a retry may.</summary>
    public const string Unfinished = "AutoMirror.Unfinished";

    /// <summary>The role lacks a permission.</summary>
    public const string Denied = "AutoMirror.Denied";

    /// <summary>A plan broke AutoMirror's own rules: a bug.</summary>
    public const string BrokenPlan = "AutoMirror.BrokenPlan";

    /// <summary>A call was not made, or was still throttled, when the time was over.</summary>
    public const string NoTimeLeft = "AutoMirror.NoTimeLeft";

    /// <summary>A call failed on the way, without an answer.</summary>
    public const string Connection = "AutoMirror.Connection";

    /// <summary>An answer could not be read.</summary>
    public const string UnreadableAnswer = "AutoMirror.UnreadableAnswer";
}

namespace AutoMirror.Core.Ports;

/// <summary>AutoMirror's own names of failures, for alarms and log queries: stable, ASCII, no spaces.</summary>
internal static class ErrorTypes
{
    public const string Misconfigured = "AutoMirror.Misconfigured";
    public const string MalformedEvent = "AutoMirror.MalformedEvent";
    public const string Unfinished = "AutoMirror.Unfinished";
    public const string Denied = "AutoMirror.Denied";
    public const string BrokenPlan = "AutoMirror.BrokenPlan";

    // Codes of refusals that no service sent.
    public const string NoTimeLeft = "AutoMirror.NoTimeLeft";
    public const string Connection = "AutoMirror.Connection";
    public const string UnreadableAnswer = "AutoMirror.UnreadableAnswer";
}

namespace AutoMirror.Core.Ports;

/// <summary>Why invocations fail, for alarms and log queries: stable names, ASCII, no spaces.</summary>
internal static class ErrorTypes
{
    public const string Misconfigured = "AutoMirror.Misconfigured";
    public const string MalformedEvent = "AutoMirror.MalformedEvent";
    public const string Unfinished = "AutoMirror.Unfinished";
    public const string Denied = "AutoMirror.Denied";
    public const string BrokenPlan = "AutoMirror.BrokenPlan";
}

/// <summary>The codes of refusals that no service sent.</summary>
internal static class RefusalCodes
{
    public const string NoTimeLeft = "AutoMirror.NoTimeLeft";
    public const string Connection = "AutoMirror.Connection";
    public const string UnreadableAnswer = "AutoMirror.UnreadableAnswer";
}

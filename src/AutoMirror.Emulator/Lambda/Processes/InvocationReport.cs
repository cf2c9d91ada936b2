namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>What Lambda says of an invocation when it has ended. The status is success, error, timeout or failure.</summary>
internal sealed record InvocationReport(
    string RequestId, TimeSpan Duration, TimeSpan? InitDuration, long MegabytesUsed, string Status, string? ErrorType)
{
    /// <summary>Whole milliseconds, initialisation included (AWS, since August 2025).</summary>
    public long Billed => (long)Math.Ceiling((Duration + (InitDuration ?? TimeSpan.Zero)).TotalMilliseconds);
}

namespace AutoMirror.Aws.Hosting;

/// <summary>When work stops, so that what is left can be handed on, the report written
/// and the answer sent before Lambda ends the process.</summary>
internal static class StopTime
{
    /// <summary>How long after the stop the last calls may be tried: one message to the queue.</summary>
    public static TimeSpan LastWord { get; } = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(4);
    private const double MarginShare = 0.2;

    /// <summary>Some seconds before the deadline; of a short time, a share.</summary>
    public static DateTimeOffset Before(DateTimeOffset deadline, DateTimeOffset now)
    {
        var share = (deadline - now) * MarginShare;
        return deadline - (share < Margin ? share : Margin);
    }
}

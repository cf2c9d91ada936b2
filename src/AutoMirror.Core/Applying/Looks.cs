namespace AutoMirror.Core.Applying;

/// <summary>When EC2 is asked again where its answers do not fit together.</summary>
internal static class Looks
{
    // Two, five and fifteen seconds after the first read: EC2's reads mostly catch up within seconds, and seldom take longer.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)];

    // A look that leaves no time to act on it is in vain.
    private static readonly TimeSpan LeastTimeToAct = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait before a look; null when there are no more looks, or the time does not allow it.</summary>
    /// <param name="look">Which look, from 1.</param>
    /// <param name="stopAt">When no further change is begun.</param>
    public static TimeSpan? WaitBefore(int look, DateTimeOffset now, DateTimeOffset stopAt) =>
        look <= Waits.Length && now + Waits[look - 1] + LeastTimeToAct <= stopAt ? Waits[look - 1] : null;
}

namespace AutoMirror.Core.Applying;

/// <summary>What the applier has to know of one run.</summary>
/// <param name="RequestId">The invocation's id, which makes creates repeatable inside it.</param>
/// <param name="StopAt">When no further change is started.</param>
/// <param name="Concurrency">How many changes of a kind are under way at once.</param>
/// <param name="Budget">The limiter of calls that change something.</param>
/// <param name="SecondLook">Plans a single interface again.</param>
internal sealed record ApplyRun(string RequestId, DateTimeOffset StopAt, int Concurrency, RateBudget Budget, SecondLook SecondLook)
{
    /// <summary>How often one interface is looked at again before its change fails.</summary>
    public const int MostLooks = 5;

    /// <summary>How long the second look waits; each further one waits twice as long.</summary>
    public static TimeSpan FirstWait { get; } = TimeSpan.FromMilliseconds(250);
}

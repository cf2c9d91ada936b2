using AutoMirror.Core.Observing;
using AutoMirror.Testing;

namespace AutoMirror.Core.Tests.Observing;

/// <summary>What is remembered of full syncs, and when it says nothing.</summary>
public class FullSyncsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly VirtualTime _passing = new(Start);
    private readonly AdjustedTime _time;
    private readonly FullSyncs _syncs;

    public FullSyncsTests() => _syncs = new(_time = new AdjustedTime(_passing));

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void The_last_one_is_known()
    {
        Assert.Null(_syncs.LastBefore(Now));
        _syncs.Ended(Now);
        Assert.Equal(Start, _syncs.LastBefore(Now));
        _passing.AdvanceTo(Start + Minute);
        Assert.Equal(Start, _syncs.LastBefore(Now));
    }

    /// <summary>Else an event of the hour between would count as covered.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    [InlineData(61)]
    [InlineData(300)]
    public void The_last_one_is_forgotten_once_the_clock_was_set_back_however_late_it_is_by_then(int minutes)
    {
        _time.Ahead = TimeSpan.FromHours(1);
        _syncs.Ended(Now);
        _time.Ahead = TimeSpan.Zero;
        _passing.AdvanceTo(Start.AddMinutes(minutes));
        Assert.Null(_syncs.LastBefore(Now));
    }

    [Fact]
    public void A_shared_one_is_arranged_until_it_is_due()
    {
        Assert.False(_syncs.IsArranged(Now, Minute));
        _syncs.Arranged(Now + Minute);
        Assert.True(_syncs.IsArranged(Now, Minute));
        _passing.AdvanceTo(Start + Minute);
        Assert.False(_syncs.IsArranged(Now, Minute));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void One_that_was_arranged_by_a_clock_that_was_set_back_is_arranged_anew(int minutes)
    {
        _time.Ahead = TimeSpan.FromHours(1);
        _syncs.Arranged(Now + Minute);
        _time.Ahead = TimeSpan.Zero;
        _passing.AdvanceTo(Start.AddMinutes(minutes));
        Assert.False(_syncs.IsArranged(Now, Minute));
    }
}

using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Tests.Observing;

/// <summary>What is remembered of full syncs, and when it says nothing.</summary>
public class FullSyncsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_last_one_is_known_unless_the_clock_was_set_back_behind_it()
    {
        var syncs = new FullSyncs();
        Assert.Null(syncs.LastBefore(Now));
        syncs.Ended(Now);
        Assert.Equal(Now, syncs.LastBefore(Now));
        Assert.Equal(Now, syncs.LastBefore(Now + Minute));
        Assert.Null(syncs.LastBefore(Now - Minute));
    }

    [Fact]
    public void A_shared_one_is_arranged_until_it_is_due_and_never_for_longer_than_it_waits()
    {
        var syncs = new FullSyncs();
        Assert.False(syncs.IsArranged(Now, Minute));
        syncs.Arranged(Now + Minute);
        Assert.True(syncs.IsArranged(Now, Minute));
        Assert.False(syncs.IsArranged(Now + Minute, Minute));
        Assert.False(syncs.IsArranged(Now - Minute, Minute));
    }
}

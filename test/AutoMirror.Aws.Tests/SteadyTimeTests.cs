using AutoMirror.Aws.Hosting;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_clock_that_is_set_moves_no_deadline(int seconds)
    {
        var virtualTime = new VirtualTime(Start);
        var wall = new AdjustedTime(virtualTime) { Ahead = TimeSpan.FromSeconds(5) };
        var steady = new SteadyTime(wall);

        wall.Ahead = TimeSpan.FromSeconds(seconds);
        virtualTime.AdvanceTo(Start.AddSeconds(7));

        Assert.Equal(Start.AddSeconds(12), steady.GetUtcNow());
    }
}

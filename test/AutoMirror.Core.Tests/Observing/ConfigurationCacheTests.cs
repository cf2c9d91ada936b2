using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using AutoMirror.Testing;

namespace AutoMirror.Core.Tests.Observing;

/// <summary>How long a copy of the configuration is used.</summary>
public class ConfigurationCacheTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly VirtualTime _passing = new(Start);
    private readonly AdjustedTime _time;
    private readonly ConfigurationCache _cache;

    public ConfigurationCacheTests() => _cache = new(_time = new AdjustedTime(_passing));

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_copy_is_used_for_a_minute(int seconds, bool isUsed)
    {
        Keep();
        _passing.AdvanceTo(Start.AddSeconds(seconds));
        Assert.Equal(isUsed, _cache.At(_time.GetUtcNow()) is not null);
        Assert.Equal(isUsed, _cache.ParametersAt(_time.GetUtcNow()) is not null);
    }

    /// <summary>An hour after the clock was set back by an hour, the copy would seem to be as good as new.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(3630)]
    public void A_copy_from_before_the_clock_was_set_back_is_never_used_again(int seconds)
    {
        _time.Ahead = TimeSpan.FromHours(1);
        Keep();
        _time.Ahead = TimeSpan.Zero;
        _passing.AdvanceTo(Start.AddSeconds(seconds));
        Assert.Null(_cache.At(_time.GetUtcNow()));
        Assert.Null(_cache.ParametersAt(_time.GetUtcNow()));
    }

    [Fact]
    public void A_copy_that_was_read_too_early_is_not_used()
    {
        Keep();
        Assert.NotNull(_cache.At(_time.GetUtcNow(), notBefore: Start));
        Assert.Null(_cache.At(_time.GetUtcNow(), notBefore: Start.AddTicks(1)));
    }

    private void Keep()
    {
        var parameters = new ParameterSet(
            Policy.Default, Id<TrafficMirrorFilter>.Parse("tmf-1"),
            new SortedDictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>>());
        _cache.Keep(new Configuration(
            "/automirror", parameters, new Dictionary<Id<TrafficMirrorTarget>, TrafficMirrorTarget>(), _time.GetUtcNow()));
    }
}

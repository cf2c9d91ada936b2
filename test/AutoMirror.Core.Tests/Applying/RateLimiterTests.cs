using AutoMirror.Core.Ports;
using AutoMirror.Testing;

namespace AutoMirror.Core.Tests.Applying;

public class RateLimiterTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private readonly VirtualTime _time = new(Start);

    [Fact]
    public void Until_EC2_throttles_nothing_waits()
    {
        var budget = new RateLimiter(_time);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(Take(budget)));
        Assert.Equal(Start, _time.GetUtcNow());
        Assert.Null(budget.Rate);
    }

    [Fact]
    public void After_the_first_refusal_calls_are_spaced_by_the_documented_rate()
    {
        var budget = new RateLimiter(_time);
        budget.Throttled(_time.GetTimestamp());

        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(Take(budget)));
        Assert.Equal(RateLimiter.ChangesASecond, budget.Rate);
        Assert.Equal(TimeSpan.FromSeconds(2), _time.GetUtcNow() - Start);
    }

    [Fact]
    public void Calls_that_were_under_way_together_are_one_lesson()
    {
        var budget = new RateLimiter(_time);
        for (var i = 0; i < 8; i++)
            budget.Throttled(_time.GetTimestamp());

        Assert.Equal((RateLimiter.ChangesASecond, 8), (budget.Rate, budget.Refusals));
    }

    [Fact]
    public void Successes_raise_the_rate_and_refusals_lower_it_within_bounds()
    {
        var budget = new RateLimiter(_time);
        budget.Throttled(_time.GetTimestamp());
        budget.Succeeded();
        var raised = budget.Rate!.Value;
        for (var i = 0; i < 100; i++)
        {
            _time.AdvanceTo(_time.GetUtcNow().AddSeconds(1));
            budget.Throttled(_time.GetTimestamp());
        }

        Assert.True(raised > RateLimiter.ChangesASecond);
        Assert.Equal(RateLimiter.LowestRate, budget.Rate);
    }

    [Fact]
    public void No_slot_is_taken_that_would_come_too_late()
    {
        var budget = new RateLimiter(_time);
        budget.Throttled(_time.GetTimestamp());

        Assert.True(Take(budget, TimeSpan.FromSeconds(1)));
        Assert.False(Take(budget, TimeSpan.FromMilliseconds(100)));
        Assert.True(Take(budget, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_was_learnt_is_forgotten_once_the_bucket_must_be_full_again()
    {
        var budget = new RateLimiter(_time);
        budget.Throttled(_time.GetTimestamp());
        _time.AdvanceTo(Start.AddSeconds(61));

        Assert.True(Take(budget));
        Assert.Null(budget.Rate);
    }

    /// <summary>A clock that ran an hour ahead when EC2 throttled, and is then set right, must not stop changes for that hour.</summary>
    [Fact]
    public void A_clock_that_is_set_back_changes_nothing()
    {
        var wall = new AdjustedTime(_time) { Ahead = TimeSpan.FromHours(1) };
        var budget = new RateLimiter(wall);
        budget.Throttled(wall.GetTimestamp());
        wall.Ahead = TimeSpan.Zero;

        Assert.All(Enumerable.Range(0, 5), _ => Assert.True(Take(budget, TimeSpan.FromSeconds(1))));
        Assert.Equal(TimeSpan.FromSeconds(1), _time.GetUtcNow() - Start);
        _time.AdvanceTo(_time.GetUtcNow().AddSeconds(61));
        Assert.True(Take(budget));
        Assert.Null(budget.Rate);
    }

    /// <summary>Against a bucket like EC2's: the whole burst at once, nearly every token used, few calls refused.</summary>
    [Theory]
    [InlineData(50, 5)]
    [InlineData(50, 20)]
    [InlineData(200, 2)]
    public void A_bucket_is_used_up_with_few_refusals(int burst, double refill)
    {
        var budget = new RateLimiter(_time);
        double tokens = burst;
        var filledAt = Start;
        var (done, refused) = (0, 0);
        while (done < 1000)
        {
            Assert.True(Take(budget));
            var now = _time.GetUtcNow();
            tokens = Math.Min(burst, tokens + (refill * (now - filledAt).TotalSeconds));
            filledAt = now;
            if (tokens >= 1)
            {
                (tokens, done) = (tokens - 1, done + 1);
                budget.Succeeded();
            }
            else
            {
                refused++;
                budget.Throttled(_time.GetTimestamp());
            }
        }

        var ideal = (1000 - burst) / refill;
        Assert.InRange((_time.GetUtcNow() - Start).TotalSeconds, ideal, (ideal * 1.05) + 2);
        Assert.InRange(refused, 1, 100);
    }

    private bool Take(RateLimiter budget, TimeSpan? within = null)
    {
        var taking = budget.TakeAsync(within ?? TimeSpan.MaxValue, CancellationToken.None);
        while (!taking.IsCompleted && _time.Step())
        {
        }

        return taking.AsTask().GetAwaiter().GetResult();
    }
}

using Xunit;

namespace AutoMirror.Simulation.Packets;

/// <summary>Packets at the end of a history find by themselves what is wrong with mirroring, without a look at EC2's state.</summary>
public sealed class HistoryPacketsTests
{
    [Theory]
    [InlineData("short-filter")]
    [InlineData("high-number")]
    [InlineData("any-sensor")]
    [InlineData("delete-does-nothing")]
    [InlineData("first-interface")]
    public void A_planted_bug_shows_in_packets_alone(string name)
    {
        var mutant = Mutant.All.Single(each => each.Name == name);
        string? found = null;
        for (var seed = 1; seed <= 300 && found is null; seed++)
            found = Play(seed, mutant).Violation;

        Assert.NotNull(found);
        Assert.Contains("packets: ", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_flow_at_the_end_of_histories()
    {
        var packets = Enumerable.Range(1, 10).Sum(seed => Play(seed, Mutant.None).Statistics.Packets);

        Assert.True(packets > 50, $"{packets} packets");
    }

    /// <summary>On a thread of its own: the test runner's have a context, on which continuations would wait.</summary>
    private static History Play(int seed, Mutant mutant)
    {
        History? history = null;
        var thread = new Thread(() => history = new History(Dials.For(seed), mutant) { PacketsAlone = true }.Run());
        thread.Start();
        thread.Join();
        return history!;
    }
}

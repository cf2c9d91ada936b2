using Xunit;

namespace AutoMirror.Simulation;

public sealed class SimulationTests
{
    [Fact]
    public void Whatever_happens_nothing_is_touched_that_should_not_be_and_in_the_end_everything_is_as_the_tags_ask()
    {
        var failing = Runner.Search(new Options { Seeds = 400 }, Mutant.None, new Statistics(), progress: null);

        Assert.True(failing is null, $"dotnet run --project test/AutoMirror.Simulation -- --seed {failing}");
    }

    [Fact]
    public void A_seed_gives_the_same_history_every_time()
    {
        foreach (var seed in (int[])[3, 8, 21])
            Assert.Equal(new History(Dials.For(seed), tells: true).Run().Text, new History(Dials.For(seed), tells: true).Run().Text);
    }
}

using Xunit;

namespace AutoMirror.Simulation;

public sealed class SimulationTests
{
    public static TheoryData<string> Bugs => [.. Mutant.All.Select(mutant => mutant.Name)];

    [Fact]
    public void Whatever_happens_nothing_is_touched_that_should_not_be_and_in_the_end_everything_is_as_the_tags_ask()
    {
        var failing = Runner.Search(new Options { Seeds = 300 }, Mutant.None, new Statistics(), progress: null);

        Assert.True(failing is null, failing is { } seed ? Told(seed) : "");
    }

    [Fact]
    public void It_holds_through_the_real_sdk_and_the_wire_too()
    {
        var failing = Runner.Search(new Options { Seeds = 30, Wire = true }, Mutant.None, new Statistics(), progress: null);

        Assert.True(failing is null, $"dotnet run -c Release --project test/AutoMirror.Simulation -- --wire --seed {failing}");
    }

    [Fact]
    public void A_seed_gives_the_same_history_every_time()
    {
        foreach (var seed in (int[])[3, 8, 21])
        {
            IReadOnlyList<string> first = [], second = [];
            OnPlainThread(
                () =>
                    (first, second) = (
                        new History(Dials.For(seed), tells: true).Run().Text, new History(Dials.For(seed), tells: true).Run().Text));
            Assert.Equal(first, second);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(21)]
    public void The_short_cut_past_http_and_xml_makes_no_difference(int seed)
    {
        IReadOnlyList<string> typed = [], wire = [];
        OnPlainThread(
            () =>
                (typed, wire) = (
                    new History(Dials.For(seed), tells: true).Run().Text,
                    new History(Dials.For(seed), transport: Wire.Transport.Wire, tells: true).Run().Text));

        // On the wire a refusal is an answer, which the simulation does not read.
        Assert.Equal(typed.Select(line => line.Split(" refused: ")[0]), wire.Select(line => line.Split(" refused: ")[0]));
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found(string name) =>
        Assert.NotNull(
            Runner.Search(
                new Options { Seeds = 2000 }, Mutant.All.Single(mutant => mutant.Name == name), new Statistics(), progress: null));

    [Fact]
    public void A_failing_history_is_told_in_few_steps_by_a_command_that_replays_it()
    {
        var mutant = Mutant.All.Single(each => each.Name == "first-interface");
        OnPlainThread(() =>
        {
            var seed = Enumerable.Range(1, 200).First(each => new History(Dials.For(each), mutant).Run().Violation is not null);
            var shrunk = Shrinker.Shrink(seed, mutant);

            Assert.NotNull(shrunk.Run(mutant, tells: false).Violation);
            Assert.True(shrunk.Kept.Count <= Dials.For(seed).Steps);
            var options = Options.Read(shrunk.Command(mutant).Split(" -- ")[1].Split(' '))!;
            Assert.Equal(shrunk.Kept.Order(), options.Keep!.Order());
        });
    }

    private static string Told(int seed)
    {
        var shrunk = Shrinker.Shrink(seed, Mutant.None);
        var history = shrunk.Run(Mutant.None, tells: true);
        return string.Join('\n', [.. history.Text.TakeLast(60), shrunk.Command(Mutant.None)]);
    }

    /// <summary>The test runner's threads have a context, on which continuations would wait.</summary>
    private static void OnPlainThread(Action act)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(act));
        thread.Start();
        thread.Join();
        if (thrown is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
    }
}

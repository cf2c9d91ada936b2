using AutoMirror.Core.Tests.Worlds;
using AutoMirror.Testing;

namespace AutoMirror.Core.Tests.Planning;

public class ScenarioTests
{
    private static readonly string Folder = Repository.PathOf("test", "AutoMirror.Core.Tests", "Planning", "Scenarios");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenario_has_the_plan_that_stands_beside_it(string name)
    {
        var path = Path.Combine(Folder, $"{name}.txt");
        var expected = File.ReadAllText(path);
        var actual = Scenario.Rewrite(expected);
        if (Environment.GetEnvironmentVariable("AUTOMIRROR_UPDATE_SCENARIOS") == "1")
            File.WriteAllText(path, actual);
        else
            Assert.Equal(expected, actual);
        Assert.Empty(Scenario.Faults(actual));
    }
}

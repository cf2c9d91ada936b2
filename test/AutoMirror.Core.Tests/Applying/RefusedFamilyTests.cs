using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>Families of instance types that no edition of the guide names, and that EC2 refuses as sources.</summary>
public class RefusedFamilyTests
{
    private const string Sensor = "sensor default tmt-1\ntarget tmt-1 nlb\n";

    private static readonly string Thirty =
        Sensor + string.Concat(Enumerable.Range(0, 30).Select(i => $"eni-{i} i-{i} running z99.large Mirror=yes\n"));

    [Fact]
    public void A_family_that_EC2_refuses_is_learnt_within_the_run_and_asked_for_again_once_a_full_sync()
    {
        var run = Refusing(Thirty, Enumerable.Range(0, 30));

        var report = run.Report(new Scope.Everything());

        Assert.Equal(30, report.CountsByVerdict()["unsupported"]);
        Assert.True(report.Converged);
        Assert.InRange(run.Ec2.Calls["Create"], 1, 8);

        var before = run.Ec2.Calls["Create"];
        run.Report(new Scope.Everything());
        Assert.Equal(1, run.Ec2.Calls["Create"] - before);
        run.Report(RunningWorld.On("i-1", "i-2"));
        Assert.Equal(1, run.Ec2.Calls["Create"] - before);
    }

    [Fact]
    public void A_family_that_EC2_takes_one_day_is_mirrored_from_then_on()
    {
        var run = Refusing(Thirty, Enumerable.Range(0, 30));
        run.Report(new Scope.Everything());
        run.Ec2.Unsupported.Clear();

        run.Report(new Scope.Everything());
        run.Report(new Scope.Everything());

        Assert.Equal(30, run.Sessions.Count());
    }

    /// <summary>What says more about the interface, or about a family that the guide lists, than about a family nobody knows.</summary>
    [Theory]
    [InlineData("m5.large Mirror=yes")]
    [InlineData("z99.large Mirror=yes type=efa")]
    [InlineData("z99.large Mirror=yes requester=amazon-rds")]
    [InlineData("z99.large Mirror=yes attaching")]
    public void A_refusal_that_may_have_another_reason_teaches_nothing_about_the_family(string what)
    {
        var other = what.Split(' ')[0];
        var run = Refusing($"{Sensor}eni-0 i-0 running {what}\neni-1 i-1 running {other} Mirror=yes\n", [0]);

        run.Report(RunningWorld.On("i-0"));
        run.Report(RunningWorld.On("i-1"));

        Assert.Contains("tms-new1 eni-1 → tmt-1 #1", run.Sessions);
    }

    private static RunningWorld Refusing(string world, IEnumerable<int> interfaces)
    {
        var run = new RunningWorld(world);
        run.Ec2.Unsupported.UnionWith(interfaces.Select(i => Id<NetworkInterface>.Parse($"eni-{i}")));
        return run;
    }
}

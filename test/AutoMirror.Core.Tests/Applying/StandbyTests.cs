using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>Ten places on the target. EC2 refuses a source that one of them was
/// reckoned with for: who waits gets it, in the same run.</summary>
public class StandbyTests
{
    private const string Target = "sensor default tmt-1\ntarget tmt-1 eni-s1 - m5.large\ntarget tmt-9 nlb\n";

    [Fact]
    public void Source_that_waits_takes_the_place_of_one_that_EC2_refuses()
    {
        var run = new RunningWorld(Target + Sources(13));
        run.Ec2.Unsupported.Add(Id<NetworkInterface>.Parse("eni-03"));
        var report = run.Report(new Scope.Everything());
        Assert.Equal(10, run.Ec2.Sessions.Count);
        Assert.Equal("unsupported", RunningWorld.VerdictOn(report, "eni-03").Verdict.Name);
        Assert.Equal((10, 2), (report.CountsByVerdict()["mirrored"], report.CountsByVerdict()["capacity-exhausted"]));
        Assert.All(report.Verdicts, verdict => Assert.Equal(
            verdict.Verdict is Verdict.Mirrored, run.Ec2.Sessions.Values.Any(
                session => session.NetworkInterfaceId == verdict.NetworkInterfaceId)));
        Assert.Equal("2 interfaces", Assert.Single(report.Problems).Message[..12]);
        Assert.Equal(10, report.Sessions<Change>().Count());

        // The next run finds nothing that it could do: nine places are kept, the tenth too.
        var made = run.Ec2.Sessions.Keys.ToList();
        Assert.Empty(run.Report(new Scope.Everything()).Sessions<Change>());
        Assert.Equal(made, run.Ec2.Sessions.Keys);
    }

    [Fact]
    public void Nobody_is_tried_in_vain_as_long_as_EC2_refuses_nothing()
    {
        var run = new RunningWorld(Target + Sources(30));
        var report = run.Report(new Scope.Everything());
        Assert.Equal((10, 20), (run.Ec2.Calls["Create"], report.CountsByVerdict()["capacity-exhausted"]));
    }

    [Fact]
    public void Of_many_that_wait_no_more_are_tried_than_it_takes_to_see_that_the_target_is_full()
    {
        var run = new RunningWorld(Target + Sources(100));
        run.Ec2.Unsupported.Add(Id<NetworkInterface>.Parse("eni-03"));
        run.Report(new Scope.Everything());
        Assert.Equal(10, run.Ec2.Sessions.Count);

        // One place, and up to eight changes under way at once that find it taken.
        Assert.InRange(run.Ec2.Calls["Create"], 11, 11 + 8);
    }

    [Fact]
    public void Room_that_a_move_makes_is_there_for_another_in_the_same_run_whichever_comes_first()
    {
        for (var pair = 0; pair < 30; pair++)
        {
            var run = new RunningWorld(
                "sensor default tmt-1\nsensor other tmt-3\ntarget tmt-1 eni-s1 - m5.large\ntarget tmt-3 nlb\ntarget tmt-9 nlb\n"
                + string.Concat(
                    Enumerable.Range(0, 9)
                        .Select(number => $"eni-{number}x i-{number} running m5.large Mirror=yes\ntms-{number} → tmt-1 #1 ours\n"))
                + $"eni-b{pair} i-b running m5.large Mirror=other\ntms-b → tmt-1 #1 ours\neni-c{pair} i-c running m5.large "
                + $"Mirror=yes\ntms-c → tmt-9 #1 ours\n");
            var report = run.Report(new Scope.Everything());
            Assert.Equal(
                ["tmt-1", "tmt-3"],
                ((string[])["tms-c", "tms-b"]).Select(id => run.Ec2.Sessions[Id<TrafficMirrorSession>.Parse(id)].TargetId.Value));
            Assert.Equal((11, true), (report.CountsByVerdict()["mirrored"], report.Converged));
            Assert.Empty(report.Problems);
        }
    }

    private static string Sources(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(number => $"eni-{number:00} i-{number:00} running m5.large Mirror=yes\n"));
}

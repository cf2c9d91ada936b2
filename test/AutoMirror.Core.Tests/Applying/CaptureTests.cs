using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>A person's capture, from the request to its end.</summary>
public class CaptureTests
{
    private const string Permitted = """
        policy {"capture":{"hours":2}}
        sensor default tmt-1
        sensor ids tmt-2
        target tmt-1 nlb
        target tmt-2 nlb
        eni-a i-1 running m5.large Mirror=no
        eni-b i-1
        """;

    [Fact]
    public void A_captured_instance_is_mirrored_until_the_time_and_not_longer()
    {
        var run = new RunningWorld(Permitted);
        Capture(run, World.ReadAt.AddHours(1), new Scope.Part { Instances = [Id<Instance>.Parse("i-1")] }, "ids");
        Assert.All(run.Ec2.Sessions.Values, session => Assert.Equal(("tmt-2", "2026-05-19T10:30:00Z capture"), Told(session)));
        Assert.Equal(2, run.Ec2.Sessions.Count);

        run.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(run.Report(new Scope.Everything()).Converged);
        Assert.Equal(2, run.Ec2.Sessions.Count);

        run.Time.Advance(TimeSpan.FromMinutes(1));
        run.Report(new Scope.Everything());
        Assert.Empty(run.Ec2.Sessions);
    }

    [Fact]
    public void One_interface_can_be_captured_alone_and_a_later_word_replaces_the_earlier()
    {
        var run = new RunningWorld(Permitted);
        var where = new Scope.Part { NetworkInterfaces = [Id<NetworkInterface>.Parse("eni-b")] };
        Capture(run, World.ReadAt.AddHours(2), where, "ids");
        Capture(run, World.ReadAt.AddMinutes(5), where, sensor: null);
        var session = Assert.Single(run.Ec2.Sessions.Values);
        Assert.Equal("eni-b", session.NetworkInterfaceId.Value);
        Assert.Equal(("tmt-1", "2026-05-19T09:35:00Z capture"), Told(session));
    }

    [Fact]
    public void No_capture_lasts_longer_than_the_policy_permits()
    {
        var run = new RunningWorld(Permitted);
        Capture(run, World.ReadAt.AddYears(5), new Scope.Part { Instances = [Id<Instance>.Parse("i-1")] }, sensor: null);
        Assert.All(run.Ec2.Sessions.Values, session => Assert.Equal(("tmt-1", "2026-05-19T11:30:00Z capture"), Told(session)));
    }

    [Fact]
    public void Where_the_policy_permits_none_nothing_is_read_of_EC2_and_the_reason_is_said()
    {
        var run = new RunningWorld(Permitted.Replace("\"capture\":{\"hours\":2}", "", StringComparison.Ordinal));
        var result = Capture(
            run, World.ReadAt.AddHours(1), new Scope.Part { Instances = [Id<Instance>.Parse("i-1")] }, sensor: null);
        Assert.Equal("the policy has no capture rule", Assert.IsType<Scope.Nothing>(result.Report!.Scope).Reason);
        Assert.Empty(run.Ec2.Log);
    }

    private static (string Target, string? Until) Told(TrafficMirrorSession session) =>
        (session.TargetId.Value, session.Tags[Ownership.UntilKey]);

    private static RunResult Capture(RunningWorld run, DateTimeOffset until, Scope.Part where, string? sensor)
    {
        var capture = new MirrorEvent.Capture(where, until, sensor is null ? null : new SensorName(sensor));
        return run.Await(run.Reconciler().RunAsync([capture], run.NextDelivery(), CancellationToken.None));
    }
}

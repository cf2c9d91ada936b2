using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Observing;

/// <summary>Interfaces that other accounts have in subnets that this account shares with them.</summary>
public class ParticipantTests
{
    private const string World =
        "sensor default tmt-1\ntarget tmt-1 nlb\neni-a - account=210987654321 in=subnet-1 @Mirror=yes\n"
            + "eni-b i-2 running m5.large Mirror=yes";

    [Theory]
    [InlineData("{}", "other-account", 0)]
    [InlineData("""{"participants":true,"tagLevels":["interface","instance"]}""", "mirrored", 1)]
    [InlineData("""{"participants":true,"exclude":{"subnets":["subnet-1"]}}""", "excluded", 0)]
    public void Somebody_elses_interface_has_a_verdict_and_a_session_only_where_the_policy_says_so(
        string policy, string verdict, int sessions)
    {
        var run = new RunningWorld(World) { PolicyJson = policy };

        var report = run.Report(RunningWorld.On("eni-a"));

        Assert.Equal(verdict, RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
        Assert.Equal(sessions, run.Sessions.Count());

        // Its instance is another account's too: nobody asks for it in vain.
        Assert.DoesNotContain(run.Ec2.Log, call => call.Contains("i-notours", StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_on_a_participants_interface_stays_when_the_policy_does_not_say_so_any_more()
    {
        var run = new RunningWorld(World.Replace("\neni-b", "\ntms-1 → tmt-1 #1 ours\neni-b", StringComparison.Ordinal));
        run.Report(new Scope.Everything());
        Assert.Contains("tms-1 eni-a → tmt-1 #1", run.Sessions);
    }

    [Fact]
    public void An_event_of_another_account_leads_nowhere_and_says_so()
    {
        var run = new RunningWorld(World);
        var each = new MirrorEvent.InstanceStateChange(Id<Instance>.Parse("i-2"), InstanceState.Running) { Account = "210987654321" };

        var result = run.Await(run.Reconciler().RunAsync([each], run.NextDelivery(), CancellationToken.None));

        Assert.Contains("210987654321", Assert.IsType<Scope.Nothing>(result.Request!.Scope).Reason, StringComparison.Ordinal);
        Assert.Empty(run.Sessions);
    }
}

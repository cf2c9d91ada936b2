using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>When the configuration is read, kept, read again and refused.</summary>
public class ConfigurationTests
{
    private const string One = "sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=yes\n";

    [Theory]
    [InlineData("""{"mode":"sync","untagged":"no"}""", "Mirror=no", 2)]
    [InlineData("""{"mode":"observe"}""", "Mirror=no", 2)]
    [InlineData(null, "Mirror=yes", 1)]
    public async Task Configuration_is_read_again_before_a_delete_when_the_copy_is_older_than_the_invocation(
        string? changed, string tag, int reads)
    {
        var run = new RunningWorld($"sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large {tag}\ntms-1 → tmt-1 #1 ours");
        Assert.IsType<Reading<Configuration>.Ready>(await run.Reconciler().WarmUpAsync(CancellationToken.None));
        run.Time.Advance(TimeSpan.FromSeconds(5));
        run.PolicyJson = changed;
        run.Report(RunningWorld.On("i-1"));
        Assert.Equal(reads, run.ParameterReads);
        Assert.Equal(changed?.Contains("sync", StringComparison.Ordinal) is true, run.Ec2.Sessions.Count == 0);
    }

    [Fact]
    public async Task Old_copy_of_the_policy_does_not_end_what_a_finding_asked_for()
    {
        var run = new RunningWorld(
            "sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=no\ntms-1 → tmt-1 #1 ours "
                + "automirror:until=2026-05-19T12:00:00Z");
        Assert.IsType<Reading<Configuration>.Ready>(await run.Reconciler().WarmUpAsync(CancellationToken.None));
        run.Time.Advance(TimeSpan.FromSeconds(5));
        run.PolicyJson = """{"guardDuty":{"severity":7}}""";
        run.Report(RunningWorld.On("i-1"));
        Assert.NotEmpty(run.Sessions);
    }

    [Fact]
    public void Configuration_is_kept_for_a_minute_and_no_longer()
    {
        var run = new RunningWorld(One);
        run.Report(RunningWorld.On("i-9"));
        run.Time.Advance(TimeSpan.FromSeconds(59));
        run.Report(RunningWorld.On("i-9"));
        Assert.Equal(1, run.ParameterReads);
        run.Time.Advance(TimeSpan.FromSeconds(1));
        run.Report(RunningWorld.On("i-9"));
        Assert.Equal(2, run.ParameterReads);
    }

    /// <summary>It takes the policy to tell whether a tag counts; what was read for that serves the rest of the run.</summary>
    [Theory]
    [InlineData("Mirror", 1)]
    [InlineData("Name", 0)]
    public void An_event_that_depends_on_the_policy_reads_the_parameters_once_on_a_cold_cache(string key, int sessions)
    {
        var run = new RunningWorld(One);
        var change = new MirrorEvent.TagChange(TagLevel.Instance, (Scope.Part)RunningWorld.On("i-1"), [key]);
        var result = run.Await(run.Reconciler().RunAsync([change], run.NextDelivery(), CancellationToken.None));
        Assert.Equal(sessions, run.Sessions.Count());
        Assert.Equal(1, run.ParameterReads);
        Assert.Equal(1, result.Report!.ApiCalls["ssm:GetParametersByPath"]);
    }

    [Fact]
    public void Wrong_configuration_fails_before_anything_is_done_and_is_not_kept()
    {
        var run = new RunningWorld(One) { PolicyJson = """{"mode":"on","limits":{"percent":200}}""" };
        var failed = run.Failure(RunningWorld.On("i-1"));
        Assert.Equal(ErrorTypes.Misconfigured, failed.ErrorType);
        Assert.Contains("field mode", failed.Message, StringComparison.Ordinal);
        Assert.Contains("field limits.percent", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["DescribeTargets"], run.Ec2.Log);
        run.PolicyJson = "{}";
        Assert.True(run.Report(RunningWorld.On("i-1")).Converged);
    }

    [Fact]
    public void Configuration_that_cannot_be_read_fails_for_a_retry()
    {
        var run = new RunningWorld(One) { ParametersRefused = new Refusal(RefusalKind.Transient, "ThrottlingException", "slow down") };
        Assert.Equal(ErrorTypes.Unfinished, run.Failure(RunningWorld.On("i-1")).ErrorType);
    }
}

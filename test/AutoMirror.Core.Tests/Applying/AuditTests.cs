using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>Each change is told as it is done, so that an invocation which is cut short loses no line.</summary>
public class AuditTests
{
    private const string World = """
        sensor default tmt-1
        sensor b tmt-2
        target tmt-1 nlb
        target tmt-2 nlb
        eni-a i-1 running m5.large Mirror=yes
        eni-b i-2 running m5.large Mirror=b
          tms-2 → tmt-1 #1 ours
        eni-c i-3 running m5.large Mirror=no
          tms-3 → tmt-1 #1 ours
        """;

    [Fact]
    public void Each_change_is_told_once()
    {
        var (run, told) = (new RunningWorld(World), new List<AppliedChange>());
        Run(run, told, CancellationToken.None);
        Assert.Equal(["Create eni-a", "Delete eni-c", "Modify eni-b"], told.Select(Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_done_before_an_invocation_is_cut_short_has_been_told()
    {
        var (run, told) = (new RunningWorld(World), new List<AppliedChange>());
        using var cut = new CancellationTokenSource();
        run.Ec2.Before = async action =>
        {
            if (action != "Create")
                return;
            await cut.CancelAsync();
            cut.Token.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Start(run, told, cut.Token));

        Assert.Equal(["Delete eni-c", "Modify eni-b"], told.Select(Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, """{"mode":"observe"}""")]
    [InlineData(false, """{"mode":"off"}""")]
    public void A_run_that_only_plans_tells_of_nothing_done(bool dryRun, string? policy)
    {
        var (run, told) = (new RunningWorld(World) { PolicyJson = policy }, new List<AppliedChange>());
        Run(run, told, CancellationToken.None, dryRun);
        Assert.Empty(told);
        Assert.Empty(run.Ec2.Changes);
    }

    private static void Run(RunningWorld run, List<AppliedChange> told, CancellationToken cancellationToken, bool dryRun = false) =>
        run.Await(Start(run, told, cancellationToken, dryRun));

    private static Task<RunResult> Start(
        RunningWorld run, List<AppliedChange> told, CancellationToken cancellationToken, bool dryRun = false) =>
        run.Reconciler().RunAsync(
            [RunningWorld.EventFor(new Scope.Everything(), dryRun)], run.NextDelivery() with { OnDone = told.Add }, cancellationToken);

    private static string Text(AppliedChange each) => $"{each.Change switch
    {
        Change.Create => "Create",
        Change.Modify => "Modify",
        _ => "Delete",
    }} {each.Change.NetworkInterfaceId}";
}

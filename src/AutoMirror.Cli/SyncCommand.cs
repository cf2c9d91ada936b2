using System.CommandLine;
using AutoMirror.Aws;
using AutoMirror.Aws.Hosting;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Plans;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core;
using AutoMirror.Core.Events;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli;

/// <summary><c>automirror sync</c>: brings sessions in step from here, as the function does.</summary>
internal static class SyncCommand
{
    // EC2 takes about five creates a second: 10,000 sessions need half an hour.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    public static Command Create()
    {
        var (where, aws, output) = (new ScopeOptions(), new AwsOptions(), new OutputOptions());
        var allowDeletes = new Option<bool>("--allow-deletes")
        {
            Description = "Let through more deletes and moves than the policy's limits. See automirror plan first.",
        };
        var verb = new Verb(
            "sync", "Makes, changes and deletes sessions as the function would, from here. It keeps the policy's limits and never asks.");
        where.AddTo(verb);
        verb.Add(allowDeletes);
        output.AddTo(verb);
        aws.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror sync --profile prod", "a full sync"),
            ("automirror sync --vpc vpc-0123456789abcdef0", "one VPC"),
            ("automirror sync --allow-deletes", "beyond the policy's limits, after a look at automirror plan"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await Connection.OpenAsync(aws.Read(parsed), cancellationToken);
            var account = await connection.AccountAsync(cancellationToken);
            using var progress = Progress.OfConsole(output.IsQuiet(parsed));
            var request = new MirrorEvent.ManualRequest(where.Read(parsed), DryRun: false, parsed.GetValue(allowDeletes));
            var result = await RunAsync(connection.Settings, account, connection, request, progress, cancellationToken);
            if (result.Report is not { } report)
                throw new CommandException(result.Failure?.Message ?? "there is no report");
            if (report.Scope is Scope.Nothing nothing)
                throw new CommandException($"nothing was done: {nothing.Reason}. automirror resume switches AutoMirror on");
            var done = PlanDocument.OfDone(connection.Settings.ForDeployment with { Account = account }, report);
            output.Print(parsed, done, (page, limit) => PlanText.WriteDone(page, done, limit));
            if (result.Failure is { } failure)
                throw new CommandException(failure.Message);
            return report.Converged ? CommandLine.Success : CommandLine.Failure;
        });
        return verb;
    }

    private static async Task<RunResult> RunAsync(
        Settings settings, string account, Connection connection, MirrorEvent request, Progress progress,
        CancellationToken cancellationToken)
    {
        var time = new SteadyTime(TimeProvider.System);
        var composition = new Composition(
            settings, account, connection.Ec2, connection.Ssm, null, new WarmState(time),
            new RetryPolicy(time, time.GetUtcNow() + Limit, Random.Shared.NextDouble));
        var delivery = new Delivery(Guid.NewGuid().ToString(), composition.StopAt)
        {
            OnPlanned = (_, plan) => progress.Total += plan.Plan.Changes.Count,
            OnDone = _ => progress.Step(),
        };
        try
        {
            return await composition.Reconciler.RunAsync([request], delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(
                $"automirror: ended after {progress.Done} of {progress.Total} changes. What was done stays; automirror sync does the "
                    + "rest.");
            throw;
        }
    }
}

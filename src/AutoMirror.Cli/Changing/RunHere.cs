using AutoMirror.Aws;
using AutoMirror.Aws.Hosting;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Core;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Changing;

/// <summary>The function's own run, from here and with a person's credentials.</summary>
internal sealed class RunHere : IDisposable
{
    // EC2 takes about five creates a second: 10,000 sessions need half an hour.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private readonly Composition _composition;
    private readonly Progress _progress;

    public RunHere(Connection connection, string account, bool isQuiet)
    {
        var time = new SteadyTime(TimeProvider.System);
        _progress = Progress.OfConsole(isQuiet);
        _composition = new Composition(
            connection.Settings, account, connection.Ec2, connection.Ssm, null, new WarmState(time),
            new RetryPolicy(time, time.GetUtcNow() + Limit, Random.Shared.NextDouble));
        Settings = connection.Settings.ForDeployment with { Account = account };
    }

    /// <summary>Whose sessions these are, and where.</summary>
    public DeploymentSettings Settings { get; }

    /// <summary>The policy in force. The run that follows reads nothing of the configuration again.</summary>
    /// <exception cref="CommandException">The configuration is wrong, or can't be read.</exception>
    public async Task<Policy> ReadPolicyAsync(CancellationToken cancellationToken) =>
        await _composition.Reconciler.WarmUpAsync(cancellationToken) switch
        {
            Reading<Configuration>.Ready { Value.Policy: var policy } => policy,
            var reading => throw new CommandException(RunResult.Unread(reading).Failure!.Message),
        };

    /// <summary>Carries out what an event leads to.</summary>
    /// <param name="again">The command that does what is left after Ctrl-C.</param>
    /// <exception cref="CommandException">AutoMirror is switched off, or the run ended without a report.</exception>
    public async Task<(Report Report, Failure? Failure)> RunAsync(MirrorEvent asked, string again, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(Guid.NewGuid().ToString(), _composition.StopAt)
        {
            OnPlanned = (_, plan) => _progress.Total += plan.Plan.Changes.Count,
            OnDone = _ => _progress.Step(),
        };
        try
        {
            var result = await _composition.Reconciler.RunAsync([asked], delivery, cancellationToken);
            if (result.Report is not { } report)
                throw new CommandException(result.Failure?.Message ?? "there is no report");
            if (report.Scope is Scope.Nothing nothing)
                throw new CommandException($"nothing was done: {nothing.Reason}. automirror resume switches AutoMirror on");
            return (report, result.Failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException(
                $"ended after {_progress.Done} of {_progress.Total} changes. What was done stays; {again} does the rest.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _progress.Dispose();
}

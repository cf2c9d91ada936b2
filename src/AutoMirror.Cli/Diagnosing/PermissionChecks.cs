using Amazon.EC2;
using Amazon.Runtime;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>What the caller may do, by EC2's dry runs: nothing is changed.</summary>
internal static class PermissionChecks
{
    private const string NoSession = "tms-00000000000000000";

    /// <summary>What is denied, as notes: a person who only looks needs none of it.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Look look, CancellationToken cancellationToken)
    {
        if (look.Source is not LiveAccount { Connection.Ec2: var ec2 })
            return [];
        var session = look.Situation.Inventory.Sessions.FirstOrDefault(look.Situation.Owner.Owns)?.Id.Value ?? NoSession;
        var source = look.Plan.Verdicts.Select(verdict => verdict.NetworkInterfaceId?.Value).FirstOrDefault(id => id is not null);
        var target = look.Situation.Configuration.UsedTargets.FirstOrDefault()?.Id.Value;
        List<(string Action, Func<Task> Call)> calls =
        [
            ("ec2:ModifyTrafficMirrorSession", () => ec2.ModifyTrafficMirrorSessionAsync(
                new() { DryRun = true, TrafficMirrorSessionId = session, SessionNumber = 1 }, cancellationToken)),
            ("ec2:DeleteTrafficMirrorSession", () => ec2.DeleteTrafficMirrorSessionAsync(
                new() { DryRun = true, TrafficMirrorSessionId = session }, cancellationToken)),
        ];
        if (source is not null && target is not null)
        {
            calls.Add(("ec2:CreateTrafficMirrorSession", () => ec2.CreateTrafficMirrorSessionAsync(
                new()
                {
                    DryRun = true,
                    NetworkInterfaceId = source,
                    TrafficMirrorTargetId = target,
                    TrafficMirrorFilterId = look.Situation.Configuration.Parameters.FilterId.Value,
                    SessionNumber = 1,
                }, cancellationToken)));
        }

        var denied = new List<string>();
        foreach (var (action, call) in calls)
        {
            try
            {
                await call();
            }
            catch (AmazonEC2Exception answer) when (answer.ErrorCode is "UnauthorizedOperation")
            {
                denied.Add(action);
            }
            catch (Exception problem) when (problem is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                // DryRunOperation is permission. Anything else says nothing about permissions.
            }
        }

        return denied.Count == 0 ? [] :
        [
            new Finding(
                "permissions", Finding.Note,
                $"These credentials may not do {string.Join(", ", denied)}: automirror sync does not work with them. "
                    + "infra/policies/sync.json has what it takes."),
        ];
    }
}

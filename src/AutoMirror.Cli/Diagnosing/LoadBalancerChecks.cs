using System.Xml.Linq;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Whether Network Load Balancers take copies in and have somebody to give them to: "a Network Load Balancer target needs a
/// listener for UDP 4789 and healthy targets" (Traffic Mirroring guide, "Target concepts").</summary>
/// <param name="service">Null for a recording, which has nothing of load balancers.</param>
internal sealed class LoadBalancerChecks(QueryService? service)
{
    private const string Check = "load-balancer";

    /// <summary>What is wrong with the load balancers that sessions deliver to.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(Look look, CancellationToken cancellationToken)
    {
        var used = look.Plan.Verdicts.Select(verdict => (verdict.Verdict as Verdict.Mirrored)?.Settings.TargetId)
            .OfType<Id<TrafficMirrorTarget>>().Distinct().Order();
        var findings = new List<Finding>();
        foreach (var id in used)
        {
            if (look.Situation.Configuration.Targets.GetValueOrDefault(id) is
                { Destination: TargetDestination.NetworkLoadBalancer { Arn: var arn } } target)
            {
                findings.AddRange(await ExamineAsync(target, arn, cancellationToken));
            }
        }

        return findings;
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(TrafficMirrorTarget target, string arn, CancellationToken cancellationToken)
    {
        var listenersOf = $"aws elbv2 describe-listeners --load-balancer-arn {arn}";
        if (service is null)
            return [Unknown(target, "a recording has nothing of load balancers", listenersOf)];
        if (!(await service.AskAsync("DescribeListeners", [("LoadBalancerArn", arn)], cancellationToken)).TryGet(
            out var answer, out var refusal))
        {
            return [refusal.Code == "LoadBalancerNotFound"
                ? new(Check, Finding.Problem, $"{target.Id} delivers to {arn}, which does not exist: nothing arrives.", "automirror setup")
                : Unknown(target, $"{refusal}", listenersOf)];
        }

        var listeners = answer.Descendants("Listeners").Elements("member").Where(TakesVxlan).ToList();
        if (listeners.Count == 0)
        {
            return [new(
                Check, Finding.Problem, $"{arn} ({target.Id}) has no listener for UDP 4789: nothing arrives, and nothing says so.",
                $"aws elbv2 create-listener --load-balancer-arn {arn} --protocol UDP --port 4789 "
                    + "--default-actions Type=forward,TargetGroupArn=…")];
        }

        var findings = new List<Finding>();
        foreach (var group in listeners.Descendants("TargetGroupArn").Select(each => each.Value).Distinct())
            findings.AddRange(await ExamineGroupAsync(target, group, cancellationToken));
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> ExamineGroupAsync(
        TrafficMirrorTarget target, string group, CancellationToken cancellationToken)
    {
        var healthOf = $"aws elbv2 describe-target-health --target-group-arn {group}";
        if (!(await service!.AskAsync("DescribeTargetHealth", [("TargetGroupArn", group)], cancellationToken)).TryGet(
            out var answer, out var refusal))
        {
            return [Unknown(target, $"{refusal}", healthOf)];
        }

        var targets = answer.Descendants("TargetHealthDescriptions").Elements("member")
            .Select(each => (
                Id: each.Element("Target")?.Element("Id")?.Value, State: each.Element("TargetHealth")?.Element("State")?.Value))
            .ToList();
        var ill = targets.Where(each => each.State != "healthy").ToList();
        if (ill.Count == 0 && targets.Count > 0)
            return [];
        return [ill.Count == targets.Count
            ? new(
                Check, Finding.Problem,
                targets.Count == 0
                    ? $"{group} ({target.Id}) has no target: nothing arrives at a sensor."
                    : $"No target of {group} ({target.Id}) is healthy: {Some(ill)}. Nothing arrives at a sensor.",
                healthOf)
            : new(
                Check, Finding.Note,
                $"{Counted.Of(ill.Count, "target")} of {targets.Count} of {group} ({target.Id}) not healthy: {Some(ill)}.", healthOf)];
    }

    private static bool TakesVxlan(XElement listener) =>
        listener.Element("Protocol")?.Value is "UDP" or "TCP_UDP" && listener.Element("Port")?.Value == "4789";

    private static string Some(IEnumerable<(string? Id, string? State)> targets) =>
        string.Join(", ", targets.Take(5).Select(each => $"{each.Id} is {each.State}"));

    private static Finding Unknown(TrafficMirrorTarget target, string why, string command) => new(
        Check, Finding.Unknown,
        $"{target.Id} delivers to a Network Load Balancer. Whether it has a listener for UDP 4789 and healthy targets can't be "
            + $"seen: {why}.",
        command);
}

using System.Xml.Linq;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>What the function's role may do, by <c>iam:SimulatePrincipalPolicy</c>: whether it can read, make, change and delete.</summary>
internal sealed class RoleChecks(QueryService service, DeploymentSettings settings)
{
    private const string Check = "role";

    private string Partition => Amazon.RegionEndpoint.GetBySystemName(settings.Region).PartitionName;

    /// <summary>Asks IAM about a role.</summary>
    /// <param name="role">Its name or ARN; null for the one that this project's templates make.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(string? role, Look look, CancellationToken cancellationToken)
    {
        var usual = $"{settings.Deployment.Name}-{settings.Region}";
        var arn = role?.StartsWith("arn:", StringComparison.Ordinal) is true
            ? role
            : $"arn:{Partition}:iam::{settings.Account}:role/{role ?? usual}";
        var denied = new List<string>();
        foreach (var (actions, resources, keys) in Questions(look))
        {
            var asked = await service.AskAsync("SimulatePrincipalPolicy", Parameters(arn, actions, resources, keys), cancellationToken);
            if (!asked.TryGet(out var answer, out var refusal))
                return [Unanswered(arn, refusal, isNamed: role is not null)];
            denied.AddRange(answer.Descendants("EvaluationResults").Elements("member").Where(IsDenied)
                .Select(each => each.Element("EvalActionName")?.Value ?? ""));
        }

        return denied.Count == 0 ? [] :
        [
            new(
                Check, Finding.Problem,
                $"The function's role {arn} may not do {string.Join(", ", denied.Distinct().Order(StringComparer.Ordinal))}: what "
                    + "needs that fails.",
                $"aws iam list-role-policies --role-name {arn.Split('/')[^1]}"),
        ];
    }

    /// <summary>What the function does, with what IAM is told of it: conditions on tags hold only where the tags are known.</summary>
    private IEnumerable<(string[] Actions, string[] Resources, (string Key, string Type, string Value)[] Keys)> Questions(Look look)
    {
        var owner = settings.Deployment.Name;
        var ec2 = $"arn:{Partition}:ec2:{settings.Region}:{settings.Account}:";
        var session = ec2 + "traffic-mirror-session/*";
        (string, string, string) region = ("ec2:Region", "string", settings.Region);
        (string, string, string) requested = ($"aws:RequestTag/{Ownership.ManagedByKey}", "string", owner);
        (string, string, string) owned = ($"aws:ResourceTag/{Ownership.ManagedByKey}", "string", owner);
        (string, string, string) key = ("aws:TagKeys", "stringList", Ownership.ManagedByKey);
        yield return (
            [
                "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces", "ec2:DescribeTrafficMirrorSessions",
                "ec2:DescribeTrafficMirrorTargets", "ec2:DescribeTrafficMirrorFilters",
            ],
            ["*"], [region]);
        yield return (
            ["ssm:GetParametersByPath"], [$"{ec2.Replace(":ec2:", ":ssm:", StringComparison.Ordinal)}parameter{settings.Prefix}"], []);
        yield return (
            ["ec2:CreateTrafficMirrorSession"],
            [
                session, ec2 + "network-interface/*",
                .. look.Situation.Configuration.Parameters.Filters.Select(filter => $"{ec2}traffic-mirror-filter/{filter}"),
                .. look.Situation.Configuration.UsedTargets.Where(target => target.OwnerId is null || target.OwnerId == settings.Account)
                    .Select(target => $"{ec2}traffic-mirror-target/{target.Id}"),
            ],
            [region, requested, key, ($"aws:ResourceTag/{Ownership.SensorKey}", "string", "default")]);
        yield return (
            ["ec2:CreateTags"], [session],
            [region, requested, key, ("ec2:CreateAction", "string", "CreateTrafficMirrorSession")]);
        yield return (["ec2:ModifyTrafficMirrorSession", "ec2:DeleteTrafficMirrorSession"], [session], [region, owned]);
        yield return (["ec2:DeleteTags"], [session], [region, owned, ("aws:TagKeys", "stringList", Ownership.UntilKey)]);
    }

    private static IEnumerable<(string Name, string Value)> Parameters(
        string arn, string[] actions, string[] resources, (string Key, string Type, string Value)[] keys) =>
    [
        ("PolicySourceArn", arn),
        .. actions.Index().Select(each => ($"ActionNames.member.{each.Index + 1}", each.Item)),
        .. resources.Index().Select(each => ($"ResourceArns.member.{each.Index + 1}", each.Item)),
        .. keys.Index().SelectMany(each => ((string, string)[])[
            ($"ContextEntries.member.{each.Index + 1}.ContextKeyName", each.Item.Key),
            ($"ContextEntries.member.{each.Index + 1}.ContextKeyType", each.Item.Type),
            ($"ContextEntries.member.{each.Index + 1}.ContextKeyValues.member.1", each.Item.Value)]),
    ];

    private static bool IsDenied(XElement result) => result.Element("EvalDecision")?.Value != "allowed";

    private static Finding Unanswered(string arn, Refusal refusal, bool isNamed) => refusal.Code == "NoSuchEntity"
        ? new(
            Check, isNamed ? Finding.Problem : Finding.Note,
            isNamed
                ? $"The role {arn} does not exist: the function can't run."
                : $"There is no role {arn}, by which this project's templates call the function's. --role names another.")
        : new(
            Check, Finding.Note, $"What the function's role {arn} may do can't be seen: {refusal}. It takes iam:SimulatePrincipalPolicy.");
}

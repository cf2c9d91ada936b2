using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// Elastic Load Balancing: what a call names, or what it makes, whose ARN then ends with an asterisk. Tags given in a create are checked
/// against AddTags as well, with <c>elasticloadbalancing:CreateAction</c>. Describes know no resources.
/// </summary>
internal sealed class LoadBalancingAccess(Cloud cloud) : IServiceAccess
{
    private const string Prefix = "elasticloadbalancing:";

    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        var tags = call.Tags("Tags");
        var known = context.WithRequestTags(tags)
            .With(Prefix + "Scheme", call.Text("Scheme"))
            .With(Prefix + "Subnet", call.All("Subnets"))
            .With(Prefix + "SecurityGroup", call.All("SecurityGroups"))
            .With(Prefix + "ListenerProtocol", call.Action == "CreateListener" ? call.Text("Protocol") : null);
        var resources = ResourcesOf(call);
        foreach (var resource in resources)
            yield return (new(call.Name, resource, Existing(resource, known)), null);
        if (tags.Count == 0 || !call.Action.StartsWith("Create", StringComparison.Ordinal))
            yield break;
        foreach (var resource in resources)
            yield return (new(Prefix + "AddTags", resource, new RequestContext(known).With(Prefix + "CreateAction", call.Action)), null);
    }

    private IReadOnlyList<string> ResourcesOf(ServiceCall call) => call.Action switch
    {
        "CreateLoadBalancer" => [New($"loadbalancer/{KindOf(call.Text("Type"))}/{call.Text("Name")}/*")],
        "CreateTargetGroup" => [New($"targetgroup/{call.Text("Name")}/*")],
        "AddTags" or "RemoveTags" => call.All("ResourceArns"),
        "DeleteListener" => call.All("ListenerArn"),
        "DeleteTargetGroup" or "RegisterTargets" or "DeregisterTargets" => call.All("TargetGroupArn"),
        "DeleteLoadBalancer" or "ModifyLoadBalancerAttributes" or "SetSecurityGroups" or "CreateListener" => call.All("LoadBalancerArn"),
        _ => ["*"],
    };

    private string New(string path) => cloud.Arn("elasticloadbalancing", path);

    private static string KindOf(string? type) => type switch { "network" => "net", "gateway" => "gwy", _ => "app" };

    private RequestContext Existing(string arn, RequestContext context)
    {
        var balancing = cloud.LoadBalancing;
        var tags = balancing.LoadBalancers.Find(arn)?.Tags ?? balancing.TargetGroups.Table.Find(arn)?.Tags
            ?? balancing.Listeners.Find(arn)?.Tags ?? State.Resource.NoTags;
        return context.WithResourceTags(tags).WithTags(Prefix + "ResourceTag", tags);
    }
}

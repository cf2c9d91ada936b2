using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// EC2: an action is checked against every resource that it touches, and tags given in a create against CreateTags as well, on the new
/// resource and with <c>ec2:CreateAction</c> (EC2 User Guide, "Grant permission to tag Amazon EC2 resources during creation").
/// </summary>
internal sealed class Ec2Access(Cloud cloud) : IServiceAccess
{
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context) =>
        Requests(call, new RequestContext(context).With("ec2:Region", cloud.Options.Region)).Select(request => (request, (string?)null));

    private IEnumerable<AccessRequest> Requests(ServiceCall call, RequestContext context)
    {
        if (call.Action is "CreateTags" or "DeleteTags")
            return Tagging(call, context);
        var needs = Ec2Needs.Of(call.Action);
        if (needs.Count == 0)
            return [new(call.Name, "*", context)];
        return [.. needs.SelectMany(need => Of(call, context, need)), .. TaggingAtCreation(call, context)];
    }

    private IEnumerable<AccessRequest> Of(ServiceCall call, RequestContext context, Ec2Need need)
    {
        if (need.IsNew)
        {
            var tags = call.Numbered("TagSpecification").Where(item => call.Text($"{item}.ResourceType") == need.Type)
                .SelectMany(item => call.Tags($"{item}.Tag")).ToList();
            return [new(call.Name, Arn(need.Type, "*"),
                context.WithRequestTags(tags).With("ec2:InstanceType", InstanceTypeOf(call, need)))];
        }

        var ids = call.All(need.Parameter!);
        if (ids.Count == 0)
            return need.IsRequired ? [new(call.Name, Arn(need.Type, "*"), context)] : [];
        return ids.Select(id => new AccessRequest(call.Name, Arn(need.Type, id),
            Existing(id, context).With("ec2:Attribute", Attributes(call))));
    }

    /// <summary>CreateTags and DeleteTags by themselves, on each of the resources.</summary>
    private IEnumerable<AccessRequest> Tagging(ServiceCall call, RequestContext context) => call.All("ResourceId").Select(id =>
        new AccessRequest(call.Name, Arn(cloud.Ec2.Tags.KindOf(id) ?? "unknown", id),
            Existing(id, context.WithRequestTags(call.Tags("Tag")))));

    private IEnumerable<AccessRequest> TaggingAtCreation(ServiceCall call, RequestContext context) =>
        from item in call.Numbered("TagSpecification")
        let tags = call.Tags($"{item}.Tag")
        where tags.Count > 0
        select new AccessRequest(
            "ec2:CreateTags", Arn(call.Text($"{item}.ResourceType") ?? "unknown", "*"),
            context.WithRequestTags(tags).With("ec2:CreateAction", call.Action));

    /// <summary>What condition keys say of a resource: its tags, and what else the reference lists for its type.</summary>
    private RequestContext Existing(string id, RequestContext context)
    {
        if (cloud.Ec2.Tags.ResourceOf(id) is not { } resource)
            return new(context);
        var known = context.WithResourceTags(resource.Tags).WithTags("ec2:ResourceTag", resource.Tags);
        return resource switch
        {
            NetworkInterface each => known.With("ec2:NetworkInterfaceID", id).With("ec2:Subnet", Arn("subnet", each.SubnetId))
                .With("ec2:Vpc", Arn("vpc", each.VpcId)).With("ec2:AvailabilityZone", each.Zone.Name),
            Instance each => known.With("ec2:InstanceID", id).With("ec2:InstanceType", each.Type.Name)
                .With("ec2:AvailabilityZone", each.Zone.Name),
            Subnet each => known.With("ec2:SubnetID", id).With("ec2:Vpc", Arn("vpc", each.VpcId))
                .With("ec2:AvailabilityZone", each.Zone.Name),
            Vpc => known.With("ec2:VpcID", id),
            SecurityGroup each => known.With("ec2:SecurityGroupID", id).With("ec2:Vpc", Arn("vpc", each.VpcId)),
            RouteTable each => known.With("ec2:RouteTableID", id).With("ec2:Vpc", Arn("vpc", each.VpcId)),
            NetworkAcl each => known.With("ec2:NetworkAclID", id).With("ec2:Vpc", Arn("vpc", each.VpcId)),
            PeeringConnection each => known.With("ec2:VpcPeeringConnectionID", id)
                .With("ec2:RequesterVpc", Arn("vpc", each.RequesterVpcId)).With("ec2:AccepterVpc", Arn("vpc", each.AccepterVpcId)),
            VpcEndpoint each => known.With("ec2:VpceServiceName", each.ServiceName),
            _ => known,
        };
    }

    /// <summary>What a modification changes, by the names of its parameters.</summary>
    private static IEnumerable<string> Attributes(ServiceCall call) => !call.Action.StartsWith("Modify", StringComparison.Ordinal)
        ? []
        : call.Parameters.Keys.Select(key => key.Split('.')[0]).Distinct()
            .Where(name => name is not ("Action" or "Version" or "DryRun") && !name.EndsWith("SessionId", StringComparison.Ordinal));

    private static string? InstanceTypeOf(ServiceCall call, Ec2Need need) => need.Type == "instance" ? call.Text("InstanceType") : null;

    /// <summary>Images belong to no account in their ARN.</summary>
    private string Arn(string type, string id) => type == "image"
        ? $"arn:aws:ec2:{cloud.Options.Region}::image/{id}"
        : cloud.Arn("ec2", $"{type}/{id}");
}

using System.Text.RegularExpressions;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Load balancers over the wire.</summary>
internal static partial class LoadBalancerActions
{
    public static void AddTo(Dictionary<string, Action<ElbCall>> actions)
    {
        actions.Add("CreateLoadBalancer", Create);
        actions.Add("DescribeLoadBalancers", Describe);
        actions.Add("DeleteLoadBalancer", call =>
        {
            var arn = call.Required("LoadBalancerArn");
            call.Do(() => call.Balancing.DeleteLoadBalancer(arn));
        });
        actions.Add("ModifyLoadBalancerAttributes", ModifyAttributes);
        actions.Add("DescribeLoadBalancerAttributes", call =>
        {
            var arn = call.Required("LoadBalancerArn");
            WriteAttributes(call, call.Do(() => call.Balancing.Get(arn)));
        });
        actions.Add("SetSecurityGroups", SetSecurityGroups);
    }

    private static void Create(ElbCall call)
    {
        var (name, type) = (call.Required("Name"), call.Input.Text("Type") ?? "application");
        if (!Name().IsMatch(name) || name.StartsWith("internal-", StringComparison.Ordinal))
            throw ElbErrors.Validation($"The load balancer name '{name}' is not valid");
        var scheme = call.Input.Text("Scheme");
        if (scheme is not (null or "internal" or "internet-facing"))
            throw ElbErrors.Validation($"Scheme '{scheme}' must be one of internet-facing, internal");
        List<string> subnets =
            [.. call.Texts("Subnets"), .. call.Structures("SubnetMappings").Select(each => ElbCall.Needed(each, "SubnetId"))];
        var (groups, tags) = (call.Texts("SecurityGroups"), call.Tags());
        if (call.Input.Text("IpAddressType") is { } family and not "ipv4")
            throw ElbErrors.NotEmulated($"IpAddressType={family}");
        var balancer = call.Do(() => call.Balancing.CreateLoadBalancer(name, type, subnets, groups, scheme ?? "internet-facing", tags));
        call.Body.Members("LoadBalancers", [balancer], each => Write(call, each));
    }

    private static void Describe(ElbCall call)
    {
        var (arns, names) = (call.Texts("LoadBalancerArns"), call.Texts("Names"));
        var all = call.Balancing.LoadBalancers.Shown.Values.ToList();
        if (arns.FirstOrDefault(arn => !all.Exists(each => each.Id == arn)) is { } unknown)
            throw ElbErrors.LoadBalancerNotFound(unknown);
        if (names.Where(name => !all.Exists(each => each.Name == name)).ToList() is { Count: > 0 } missing)
            throw ElbErrors.LoadBalancersNotFound(missing);
        var found = arns.Count + names.Count == 0 ? all : all.Where(each => arns.Contains(each.Id) || names.Contains(each.Name));
        call.WritePage("LoadBalancers", found, each => each.Id, each => Write(call, each));
    }

    private static void ModifyAttributes(ElbCall call)
    {
        var arn = call.Required("LoadBalancerArn");
        var attributes = call.NeededStructures("Attributes")
            .ToDictionary(each => ElbCall.Needed(each, "Key"), each => each.Text("Value") ?? "");
        WriteAttributes(call, call.Do(() => call.Balancing.SetAttributes(arn, attributes)));
    }

    private static void SetSecurityGroups(ElbCall call)
    {
        var (arn, groups) = (call.Required("LoadBalancerArn"), call.NeededTexts("SecurityGroups"));
        var balancer = call.Do(() => call.Balancing.SetSecurityGroups(arn, groups));
        call.Body.Members("SecurityGroupIds", balancer.SecurityGroups);
    }

    private static void WriteAttributes(ElbCall call, LoadBalancer balancer) => call.Body.Members(
        "Attributes", balancer.Attributes, attribute => call.Body.Text("Key", attribute.Key).Text("Value", attribute.Value));

    private static void Write(ElbCall call, LoadBalancer balancer)
    {
        var body = call.Body;
        body.Text("LoadBalancerArn", balancer.Id);
        if (balancer.Type == "network")
            body.Text("DNSName", $"{balancer.Name}-{balancer.Path.Split('/')[^1]}.elb.{call.Cloud.Options.Region}.amazonaws.com");
        body.Text("CreatedTime", Notation.LambdaTime(balancer.CreatedTime))
            .Text("LoadBalancerName", balancer.Name).Text("Scheme", balancer.Scheme).Text("VpcId", balancer.VpcId)
            .Structure("State", () => body.Text("Code", "active"))
            .Text("Type", balancer.Type)
            .Members("AvailabilityZones", balancer.Nodes, node => body
                .Text("ZoneName", node.Zone.Name).Text("SubnetId", node.SubnetId).Empty("LoadBalancerAddresses"));
        if (balancer.SecurityGroups.Count > 0)
            body.Members("SecurityGroups", balancer.SecurityGroups);
        body.Text("IpAddressType", "ipv4");
    }

    [GeneratedRegex("^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$")]
    private static partial Regex Name();
}

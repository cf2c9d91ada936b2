using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Target groups and their members over the wire.</summary>
internal static class TargetGroupActions
{
    private const int LongestPath = 1024;

    private static readonly string[] Protocols = ["UDP", "TCP_UDP", "TCP", "TLS", "GENEVE"];
    private static readonly string[] CheckProtocols = ["TCP", "HTTP", "HTTPS"];

    public static void AddTo(Dictionary<string, Action<ElbCall>> actions)
    {
        actions.Add("CreateTargetGroup", Create);
        actions.Add("DescribeTargetGroups", Describe);
        actions.Add("DeleteTargetGroup", call =>
        {
            var arn = call.Required("TargetGroupArn");
            call.Do(() => call.Balancing.TargetGroups.Delete(arn));
        });
        actions.Add("RegisterTargets", call => Change(call, call.Balancing.TargetGroups.Register));
        actions.Add("DeregisterTargets", call =>
            Change(call, (arn, targets) => call.Balancing.TargetGroups.Deregister(arn, [.. targets.Select(target => target.Id)])));
        actions.Add("DescribeTargetHealth", DescribeHealth);
    }

    private static void Create(ElbCall call)
    {
        var (name, protocol, port, vpc) = (call.Required("Name"), call.Required("Protocol"), call.Integer("Port"), call.Required("VpcId"));
        var type = call.Input.Text("TargetType") ?? "instance";
        if (!Protocols.Contains(protocol))
            throw ElbErrors.NotEmulated($"A target group for {protocol}");
        if (type is not ("instance" or "ip"))
            throw ElbErrors.NotEmulated($"A target group of {type} targets");
        if (port is not (>= 1 and <= 65535))
            throw ElbErrors.Validation("A port must be specified, between 1 and 65535");
        if (protocol == "GENEVE" && port != 6081)
            throw ElbErrors.Validation("The port of a target group for GENEVE must be 6081");
        var (check, tags) = (ReadHealthCheck(call, protocol), call.Tags());
        if (call.Input.Text("IpAddressType") is { } family and not "ipv4")
            throw ElbErrors.NotEmulated($"IpAddressType={family}");
        var group = call.Do(() => call.Balancing.TargetGroups.Create(name, protocol, port.Value, vpc, type, check, tags));
        call.Body.Members("TargetGroups", [group], each => Write(call, each));
    }

    /// <summary>"For Network Load Balancers the default protocol is TCP" and the like (API reference, CreateTargetGroup).</summary>
    private static HealthCheck ReadHealthCheck(ElbCall call, string protocol)
    {
        var own = call.Input.Text("HealthCheckProtocol") ?? "TCP";
        var path = call.Input.Text("HealthCheckPath") ?? (own is "TCP" ? null : "/");
        if (!CheckProtocols.Contains(own))
            throw ElbErrors.Validation($"Health check protocol '{own}' must be one of {string.Join(", ", CheckProtocols)}");
        if (path?.Length is 0 or > LongestPath)
            throw ElbErrors.Validation($"The health check path must have between 1 and {LongestPath} characters");
        call.Input.Text("HealthCheckEnabled");
        call.Input.Ignore("Matcher");
        return new(
            own, call.Input.Text("HealthCheckPort") ?? (protocol == "GENEVE" ? "80" : "traffic-port"),
            call.Integer("HealthCheckIntervalSeconds", 5, 300) ?? (protocol == "GENEVE" ? 10 : 30),
            call.Integer("HealthCheckTimeoutSeconds", 2, 120) ?? (protocol == "GENEVE" ? 5 : 10),
            call.Integer("HealthyThresholdCount", 2, 10) ?? 5, call.Integer("UnhealthyThresholdCount", 2, 10) ?? 2, path);
    }

    private static void Describe(ElbCall call)
    {
        var (balancer, arns, names) = (call.Input.Text("LoadBalancerArn"), call.Texts("TargetGroupArns"), call.Texts("Names"));
        var all = call.Balancing.TargetGroups.Table.Shown.Values.ToList();
        if (balancer is not null)
            _ = call.Balancing.Get(balancer);
        if (arns.Any(arn => !all.Exists(each => each.Id == arn)) || names.Any(name => !all.Exists(each => each.Name == name)))
            throw ElbErrors.TargetGroupNotFound();
        var found = all.Where(each => (arns.Count + names.Count == 0 || arns.Contains(each.Id) || names.Contains(each.Name))
            && (balancer is null || call.Balancing.UsersOf(each.Id).Any(user => user.Id == balancer)));
        call.WritePage("TargetGroups", found, each => each.Id, each => Write(call, each));
    }

    private static void Change(ElbCall call, Action<string, IReadOnlyList<RegisteredTarget>> change)
    {
        var (arn, targets) = (call.Required("TargetGroupArn"), ReadTargets(call.NeededStructures("Targets")));
        call.Do(() => change(arn, targets));
    }

    private static void DescribeHealth(ElbCall call)
    {
        var (arn, targets) = (call.Required("TargetGroupArn"), ReadTargets(call.Structures("Targets")));
        var health = call.Do(() => call.Balancing.TargetGroups.HealthOf(arn))
            .Where(each => targets.Count == 0 || targets.Any(target => target.Id == each.Target.Id)).ToList();
        var group = call.Balancing.TargetGroups.Get(arn);
        var body = call.Body;
        body.Members("TargetHealthDescriptions", health, each => body
            .Structure("Target", () => body.Text("Id", each.Target.Id).Integer("Port", each.Target.Port ?? group.Port))
            .Text("HealthCheckPort", CheckedPort(group, each.Target))
            .Structure("TargetHealth", () => body
                .Text("State", each.State).Text("Reason", each.Reason).Text("Description", each.Description)));
    }

    private static string CheckedPort(TargetGroup group, RegisteredTarget target) =>
        group.HealthCheck.Port == "traffic-port" ? Notation.Number(target.Port ?? group.Port) : group.HealthCheck.Port;

    private static List<RegisteredTarget> ReadTargets(IEnumerable<Parameters> targets) =>
    [
        .. targets.Select(target =>
        {
            target.Ignore("AvailabilityZone");
            return new RegisteredTarget(ElbCall.Needed(target, "Id"), target.Integer("Port"));
        }),
    ];

    private static void Write(ElbCall call, TargetGroup group)
    {
        var check = group.HealthCheck;
        call.Body.Text("TargetGroupArn", group.Id).Text("TargetGroupName", group.Name).Text("Protocol", group.Protocol)
            .Integer("Port", group.Port).Text("VpcId", group.VpcId)
            .Text("HealthCheckProtocol", check.Protocol).Text("HealthCheckPort", check.Port).Flag("HealthCheckEnabled", true)
            .Integer("HealthCheckIntervalSeconds", check.IntervalSeconds).Integer("HealthCheckTimeoutSeconds", check.TimeoutSeconds)
            .Integer("HealthyThresholdCount", check.Healthy).Integer("UnhealthyThresholdCount", check.Unhealthy)
            .Text("HealthCheckPath", check.Path)
            .Members("LoadBalancerArns", call.Balancing.UsersOf(group.Id).Select(user => user.Id))
            .Text("TargetType", group.TargetType).Text("IpAddressType", "ipv4");
    }
}

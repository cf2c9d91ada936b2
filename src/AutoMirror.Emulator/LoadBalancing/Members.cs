using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Members of target groups: which interface each is, and whether it gets traffic ("Target health status").</summary>
internal sealed class Members(Cloud cloud, ElasticLoadBalancing balancing)
{
    private const string Healthy = "healthy";
    private const string Unused = "unused";

    private readonly Dictionary<(string Group, string Target), string> _said = [];

    /// <summary>Says how healthy a member is; null lets its instance decide.</summary>
    public void Say(TargetGroup group, string target, string? state)
    {
        if (state is null)
            _said.Remove((group.Id, target));
        else
            _said[(group.Id, target)] = state;
    }

    public TargetHealth HealthOf(TargetGroup group, RegisteredTarget target)
    {
        var users = balancing.UsersOf(group.Id);
        if (users.Count == 0)
            return new(target, Unused, "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer");
        if (InterfaceOf(group, target) is not { } member)
            return new(target, Unused, "Target.InvalidState", "Target is not in a running state");
        if (!users.Any(user => user.IsCrossZone || user.Nodes.Any(node => node.Zone == member.Zone)))
        {
            return new(
                target, Unused, "Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer");
        }

        return _said.GetValueOrDefault((group.Id, target.Id)) is { } said && said != Healthy
            ? new(target, said, "Target.FailedHealthChecks", "Health checks failed")
            : new(target, Healthy);
    }

    /// <summary>The healthy members that a node sends to: those of its zone, or with cross-zone load balancing all, by their ids.</summary>
    public List<(RegisteredTarget Target, NetworkInterface Interface)> ReachedFrom(
        LoadBalancer loadBalancer, LoadBalancerNode node, TargetGroup group) =>
    [
        .. from target in @group.Targets
           let member = InterfaceOf(@group, target)
           where member is not null && (loadBalancer.IsCrossZone || member.Zone == node.Zone)
           where HealthOf(@group, target).State == Healthy
           orderby target.Id
           select (target, member),
    ];

    /// <summary>An instance's primary interface, or the one that has the address; null when no instance that runs has it.</summary>
    private NetworkInterface? InterfaceOf(TargetGroup group, RegisteredTarget target)
    {
        var found = group.TargetType == "instance"
            ? cloud.Ec2.NetworkInterfaces.PrimaryOf(target.Id)
            : cloud.Ec2.NetworkInterfaces.Table.Where("private-ip-address", target.Id).Find(each => each.VpcId == group.VpcId);
        if (found is null || !cloud.Ec2.Hosts.IsRunning(found))
            return null;
        var own = found.Attachment!.InstanceId is { } id ? cloud.Ec2.Instances.Table.Find(id) : null;
        return own is null or { State: InstanceState.Running } ? found : null;
    }
}

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror targets over the wire.</summary>
internal static class MirrorTargetActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateTrafficMirrorTarget", Create);
        actions.Add("DeleteTrafficMirrorTarget", call =>
            call.Body.Text("trafficMirrorTargetId", call.DoTo("TrafficMirrorTargetId", call.Ec2.Targets.Delete)));
        actions.Add("DescribeTrafficMirrorTargets", call =>
            call.Describe("TrafficMirrorTargetId", "trafficMirrorTargetSet", call.Ec2.Targets.Describe, each => Write(call, each)));
    }

    private static void Create(Ec2Call call)
    {
        var input = call.Input;
        var (networkInterface, loadBalancer, endpoint) = (
            input.Text("NetworkInterfaceId"), input.Text("NetworkLoadBalancerArn"), input.Text("GatewayLoadBalancerEndpointId"));
        var description = input.Text("Description");
        var tags = call.TagsFor("traffic-mirror-target");
        var target = call.Do(() => call.Ec2.Targets.Create(networkInterface, loadBalancer, endpoint, description, tags));
        call.Body.Structure("trafficMirrorTarget", () => Write(call, target)).Text("clientToken", call.ClientToken);
    }

    private static void Write(Ec2Call call, TrafficMirrorTarget target) => call.Body
        .Text("trafficMirrorTargetId", target.Id)
        .Text("networkInterfaceId", target.NetworkInterfaceId)
        .Text("networkLoadBalancerArn", target.NetworkLoadBalancerArn)
        .Text("gatewayLoadBalancerEndpointId", target.GatewayLoadBalancerEndpointId)
        .Text("type", target.Type)
        .Text("description", target.Description)
        .Text("ownerId", target.OwnerId ?? call.Cloud.Options.AccountId)
        .Tags(target);
}

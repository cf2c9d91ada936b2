using AutoMirror.Emulator;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>Gateway Load Balancer endpoints, which can be mirror targets.</summary>
internal static class Endpoints
{
    /// <summary>The id of an endpoint in a subnet, ready for packets, with the load balancer and the service behind it.</summary>
    public static string CreateIn(Cloud cloud, string subnetId)
    {
        var ec2 = cloud.Ec2;
        var balancer = cloud.LoadBalancing.CreateLoadBalancer("appliances", "gateway", [subnetId]);
        var service = ec2.VpcEndpoints.CreateService([balancer.Id], acceptanceRequired: false);
        var vpcId = ec2.Networks.DescribeSubnets(new Query { Ids = [subnetId] }).Items[0].VpcId;
        return ec2.VpcEndpoints.Create(vpcId, service.Name, subnetId).Id;
    }
}

using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Gateway Load Balancer endpoints, the one type that mirroring can send to.</summary>
public sealed class VpcEndpoints : ResourceKind<VpcEndpoint>
{
    private const string Type = "GatewayLoadBalancer";

    internal VpcEndpoints(Cloud cloud, Ec2Engine ec2)
        : base(cloud, ec2, new(new Table<VpcEndpoint>(cloud, "vpc-endpoint", "vpce"), Filters(cloud), Ec2Errors.VpcEndpointNotFound))
    {
    }

    /// <summary>Makes an endpoint and its interface in a subnet. (No API call does it here.)</summary>
    public VpcEndpoint Create(string subnetId, string serviceName = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0")
    {
        using (Cloud.Enter())
        {
            var id = Cloud.Seeded.Id("vpce");
            var made = Ec2.RequesterManaged.Create(new()
            {
                SubnetId = subnetId, RequesterId = "amazon-aws", InterfaceType = "gateway_load_balancer_endpoint", IsEla = true,
                Description = $"VPC Endpoint Interface {id}",
            });
            return Table.Put(new()
            {
                Id = id, VpcId = made.VpcId, SubnetId = subnetId, ServiceName = serviceName, NetworkInterfaceId = made.Id,
            });
        }
    }

    internal static void AddTo(Dictionary<string, Action<Ec2Call>> actions) => actions.Add("DescribeVpcEndpoints", call =>
        call.Describe("VpcEndpointId", "vpcEndpointSet", call.Ec2.VpcEndpoints.Describe, each => Write(call, each)));

    private static void Write(Ec2Call call, VpcEndpoint endpoint)
    {
        var body = call.Body;
        body.Text("vpcEndpointId", endpoint.Id).Text("vpcEndpointType", Type).Text("vpcId", endpoint.VpcId)
            .Text("serviceName", endpoint.ServiceName).Text("state", "available").Empty("routeTableIdSet")
            .Set("subnetIdSet", [endpoint.SubnetId]).Empty("groupSet").Text("ipAddressType", "ipv4")
            .Flag("privateDnsEnabled", false).Flag("requesterManaged", false)
            .Set("networkInterfaceIdSet", [endpoint.NetworkInterfaceId]).Empty("dnsEntrySet")
            .Text("ownerId", call.Cloud.Options.AccountId).Tags(endpoint);
    }

    private static FilterCatalogue<VpcEndpoint> Filters(Cloud cloud) => new FilterCatalogue<VpcEndpoint>()
        .With("vpc-endpoint-id", endpoint => endpoint.Id)
        .With("vpc-id", endpoint => endpoint.VpcId)
        .With("service-name", endpoint => endpoint.ServiceName)
        .With("service-region", _ => cloud.Options.Region)
        .With("vpc-endpoint-state", _ => "available")
        .With("vpc-endpoint-type", _ => Type)
        .With("ip-address-type", _ => "ipv4");
}

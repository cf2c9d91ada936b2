using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Gateway Load Balancer endpoints and the services behind them ("Access virtual appliances through AWS PrivateLink").</summary>
public sealed class VpcEndpoints : ResourceKind<VpcEndpoint>
{
    internal const string GatewayLoadBalancer = "GatewayLoadBalancer";
    internal const string Available = "available";

    /// <summary>The account of PrivateLink in us-east-1, as DescribeNetworkInterfaces was seen to answer.</summary>
    private const string Requester = "727180483921";

    private readonly HashSet<string> _deleted = [];
    private readonly Describing<EndpointService> _services;

    internal VpcEndpoints(Cloud cloud, Ec2Engine ec2) : base(
        cloud, ec2,
        new(new(cloud, "vpc-endpoint", "vpce", ("vpc-id", endpoint => [endpoint.VpcId])), FiltersOf(cloud), Ec2Errors.VpcEndpointNotFound))
    {
        ServiceTable = new(cloud, "vpc-endpoint-service", "vpce-svc");
        _services = new(ServiceTable, ServiceFilters, Ec2Errors.EndpointServiceNotFound) { IdFilter = "service-id" };
    }

    internal Table<EndpointService> ServiceTable { get; }

    /// <summary>Creates a service of Gateway Load Balancers.</summary>
    public EndpointService CreateService(
        IReadOnlyList<string> gatewayLoadBalancerArns, bool acceptanceRequired = true, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            if (gatewayLoadBalancerArns.Count == 0)
                throw Ec2Errors.MissingParameter("GatewayLoadBalancerArns");
            foreach (var arn in gatewayLoadBalancerArns)
            {
                if (Cloud.LoadBalancing.LoadBalancers.Find(arn) is not { Type: "gateway" })
                    throw Ec2Errors.InvalidParameterValue($"The Gateway Load Balancer ARN {arn} is not valid");
            }

            var id = Cloud.Seeded.SideId("vpce-svc");
            return ServiceTable.Put(new EndpointService
            {
                Id = id, Name = $"com.amazonaws.vpce.{Cloud.Options.Region}.{id}", GatewayLoadBalancerArns = gatewayLoadBalancerArns,
                AcceptanceRequired = acceptanceRequired, Tags = TagRules.Checked(tags),
            });
        }
    }

    /// <summary>Deletes a service that no endpoint leads to.</summary>
    public void DeleteService(string id)
    {
        using (Cloud.Enter())
        {
            var service = ServiceTable.Find(id) ?? throw Ec2Errors.EndpointServiceNotFound(id);
            if (Table.Current.Values.Any(endpoint => endpoint.ServiceName == service.Name))
                throw Ec2Errors.ExistingEndpointConnections(id);
            ServiceTable.Remove(id);
        }
    }

    /// <summary>Creates an endpoint in one subnet.</summary>
    public VpcEndpoint Create(string vpcId, string serviceName, string subnetId, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            Ec2.CheckOwner(Ec2.Networks.GetVpc(vpcId).OwnerId);
            if (Ec2.Networks.GetSubnet(subnetId).VpcId != vpcId)
                throw Ec2Errors.InvalidParameterValue($"The subnet {subnetId} is not in the VPC {vpcId}");
            var service = ServiceNamed(serviceName) ?? throw Ec2Errors.InvalidServiceName(serviceName);
            var id = Cloud.Seeded.SideId("vpce");
            var networkInterface = Ec2.RequesterManaged.Create(new()
            {
                SubnetId = subnetId, RequesterId = Requester, InterfaceType = "gateway_load_balancer_endpoint",
                Description = $"VPC Endpoint Interface {id}", InstanceOwnerId = "amazon-aws", IsEla = true,
            });
            return Table.Put(new VpcEndpoint
            {
                Id = id, VpcId = vpcId, ServiceName = serviceName, SubnetId = subnetId, NetworkInterfaceId = networkInterface.Id,
                State = service.AcceptanceRequired ? "pendingAcceptance" : Available, CreationTimestamp = Cloud.Now,
                Tags = TagRules.Checked(tags),
            });
        }
    }

    /// <summary>Accepts endpoints that wait for it.</summary>
    public void Accept(string serviceId, params IReadOnlyList<string> endpointIds)
    {
        using (Cloud.Enter())
        {
            var service = ServiceTable.Find(serviceId) ?? throw Ec2Errors.EndpointServiceNotFound(serviceId);
            foreach (var endpoint in GetAll(endpointIds))
            {
                if (endpoint.ServiceName != service.Name)
                    throw Ec2Errors.VpcEndpointNotFound(endpoint.Id);
                Table.Put(endpoint with { State = Available });
            }
        }
    }

    /// <summary>Deletes an endpoint.</summary>
    public void Delete(string id)
    {
        using (Cloud.Enter())
        {
            Ec2.NetworkInterfaces.Drop(Get(id).NetworkInterfaceId);
            Table.Remove(id);
            _deleted.Add(id);
        }
    }

    /// <summary>Describes endpoint services.</summary>
    public Page<EndpointService> DescribeServices(Query query) => _services.Page(query);

    /// <summary>Whether a service leads to this load balancer.</summary>
    internal bool Serves(string loadBalancerArn) =>
        ServiceTable.Current.Values.Any(service => service.GatewayLoadBalancerArns.Contains(loadBalancerArn));

    internal EndpointService? ServiceNamed(string name) => ServiceTable.Current.Values.FirstOrDefault(service => service.Name == name);

    /// <summary>Whether an endpoint was here, and is not any more. One that never was belongs to somebody else.</summary>
    internal bool WasDeleted(string id) => _deleted.Contains(id);

    private static FilterCatalogue<VpcEndpoint> FiltersOf(Cloud cloud) => new FilterCatalogue<VpcEndpoint>()
        .With("vpc-endpoint-id", endpoint => endpoint.Id)
        .With("vpc-id", endpoint => endpoint.VpcId)
        .With("service-name", endpoint => endpoint.ServiceName)
        .With("service-region", _ => cloud.Options.Region)
        .With("ip-address-type", _ => "ipv4")
        .With("vpc-endpoint-state", endpoint => endpoint.State)
        .With("vpc-endpoint-type", _ => GatewayLoadBalancer);

    private static FilterCatalogue<EndpointService> ServiceFilters { get; } = new FilterCatalogue<EndpointService>()
        .With("service-id", service => service.Id)
        .With("service-name", service => service.Name)
        .With("service-state", _ => "Available")
        .With("supported-ip-address-types", _ => "ipv4");
}

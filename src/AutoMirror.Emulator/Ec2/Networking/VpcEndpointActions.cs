namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Gateway Load Balancer endpoints and endpoint services over the wire.</summary>
internal static class VpcEndpointActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateVpcEndpoint", Create);
        actions.Add("DescribeVpcEndpoints", call =>
            call.Describe("VpcEndpointId", "vpcEndpointSet", call.Ec2.VpcEndpoints.Describe, each => Write(call, each)));
        actions.Add("DeleteVpcEndpoints", call => DeleteAll(call, "VpcEndpointId", call.Ec2.VpcEndpoints.Delete));
        actions.Add("AcceptVpcEndpointConnections", Accept);
        actions.Add("CreateVpcEndpointServiceConfiguration", CreateService);
        actions.Add("DescribeVpcEndpointServiceConfigurations", call =>
            call.Describe("ServiceId", "serviceConfigurationSet", call.Ec2.VpcEndpoints.DescribeServices, each => Write(call, each)));
        actions.Add("DeleteVpcEndpointServiceConfigurations", call => DeleteAll(call, "ServiceId", call.Ec2.VpcEndpoints.DeleteService));
    }

    private static void Create(Ec2Call call)
    {
        var (type, vpc, service) = (call.Input.Text("VpcEndpointType"), call.Input.Required("VpcId"), call.Input.Required("ServiceName"));
        var subnets = call.Input.Texts("SubnetId");
        var tags = call.TagsFor("vpc-endpoint");
        var endpoint = call.Do(() =>
        {
            if (type != VpcEndpoints.GatewayLoadBalancer)
                throw Ec2Errors.NotEmulated($"VpcEndpointType={type ?? "Gateway"}");
            return subnets is [var subnet]
                ? call.Ec2.VpcEndpoints.Create(vpc, service, subnet, tags)
                : throw Ec2Errors.InvalidParameterValue("A Gateway Load Balancer endpoint has exactly one subnet.");
        });
        call.Body.Structure("vpcEndpoint", () => Write(call, endpoint)).Text("clientToken", call.ClientToken);
    }

    private static void Accept(Ec2Call call)
    {
        var (service, endpoints) = (call.Input.Required("ServiceId"), Ids(call, "VpcEndpointId"));
        call.Do(() => call.Ec2.VpcEndpoints.Accept(service, endpoints));
        call.Body.Empty("unsuccessful");
    }

    private static void CreateService(Ec2Call call)
    {
        var balancers = call.Input.Texts("GatewayLoadBalancerArn");
        var acceptance = call.Input.Flag("AcceptanceRequired") ?? true;
        var tags = call.TagsFor("vpc-endpoint-service");
        var service = call.Do(() => call.Ec2.VpcEndpoints.CreateService(balancers, acceptance, tags));
        call.Body.Structure("serviceConfiguration", () => Write(call, service)).Text("clientToken", call.ClientToken);
    }

    /// <summary>Deletes what can be deleted; the answer says what can't, and is a success all the same.</summary>
    private static void DeleteAll(Ec2Call call, string parameter, Action<string> delete)
    {
        var ids = Ids(call, parameter);
        var failed = call.Do(() => ids.Select(id => (Id: id, Error: Try(() => delete(id)))).Where(each => each.Error is not null).ToList());
        call.Body.Set("unsuccessful", failed, each => call.Body
            .Structure("error", () => call.Body.Text("code", each.Error!.Code).Text("message", each.Error.Message))
            .Text("resourceId", each.Id));
    }

    private static IReadOnlyList<string> Ids(Ec2Call call, string parameter) =>
        call.Input.Texts(parameter) is { Count: > 0 } ids ? ids : throw Ec2Errors.MissingParameter(parameter);

    private static AwsException? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (AwsException error)
        {
            return error;
        }
    }

    private static void Write(Ec2Call call, VpcEndpoint endpoint) => call.Body
        .Text("vpcEndpointId", endpoint.Id).Text("vpcEndpointType", VpcEndpoints.GatewayLoadBalancer).Text("vpcId", endpoint.VpcId)
        .Text("serviceName", endpoint.ServiceName).Text("state", endpoint.State)
        .Empty("routeTableIdSet").Set("subnetIdSet", [endpoint.SubnetId]).Empty("groupSet").Text("ipAddressType", "ipv4")
        .Flag("privateDnsEnabled", false).Flag("requesterManaged", false)
        .Set("networkInterfaceIdSet", [endpoint.NetworkInterfaceId]).Empty("dnsEntrySet")
        .Time("creationTimestamp", endpoint.CreationTimestamp).Tags(endpoint)
        .Text("ownerId", call.Cloud.Options.AccountId).Text("serviceRegion", call.Cloud.Options.Region);

    private static void Write(Ec2Call call, EndpointService service)
    {
        var zones = service.GatewayLoadBalancerArns.Select(call.Cloud.LoadBalancing.LoadBalancers.Find)
            .SelectMany(each => each?.Nodes ?? []).Select(node => node.Zone).Distinct().ToList();
        call.Body
            .Set("serviceType", [VpcEndpoints.GatewayLoadBalancer], type => call.Body.Text("serviceType", type))
            .Text("serviceId", service.Id).Text("serviceName", service.Name).Text("serviceState", "Available")
            .Set("availabilityZoneIdSet", zones.Select(zone => zone.Id)).Set("availabilityZoneSet", zones.Select(zone => zone.Name))
            .Flag("acceptanceRequired", service.AcceptanceRequired).Flag("managesVpcEndpoints", false)
            .Set("gatewayLoadBalancerArnSet", service.GatewayLoadBalancerArns)
            .Set("supportedIpAddressTypeSet", ["ipv4"])
            .Set("baseEndpointDnsNameSet", [$"{service.Id}.{call.Cloud.Options.Region}.vpce.amazonaws.com"])
            .Tags(service);
    }
}

using System.Text.Json;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>Networks, load balancers and endpoints set up with the aws CLI alone, until packets reach the sensors behind them.</summary>
public sealed class NetworkToolTests : ServerTests
{
    private AwsCli Cli => new(Server);

    protected override EmulatorOptions Options => new() { PendingFor = TimeSpan.Zero };

    [NeedsToolFact("aws")]
    public async Task The_cli_routes_between_peered_VPCs()
    {
        var own = await Cli.AwsAsync("ec2 describe-vpcs", "Vpcs[0].VpcId");
        var other = await Cli.AwsAsync("ec2 create-vpc --cidr-block 10.9.0.0/16", "Vpc.VpcId");
        var peering = await Cli.AwsAsync(
            $"ec2 create-vpc-peering-connection --vpc-id {own} --peer-vpc-id {other}", "VpcPeeringConnection.VpcPeeringConnectionId");
        Assert.Equal("pending-acceptance", await Cli.AwsAsync(
            $"ec2 describe-vpc-peering-connections --filters Name=requester-vpc-info.vpc-id,Values={own}",
            "VpcPeeringConnections[0].Status.Code"));
        Assert.Equal("active", await Cli.AwsAsync(
            $"ec2 accept-vpc-peering-connection --vpc-peering-connection-id {peering}", "VpcPeeringConnection.Status.Code"));
        var main = await Cli.AwsAsync(
            $"ec2 describe-route-tables --filters Name=vpc-id,Values={own} Name=association.main,Values=true",
            "RouteTables[0].RouteTableId");
        var route = $"--route-table-id {main} --destination-cidr-block 10.9.0.0/16";
        await Cli.AwsAsync($"ec2 create-route {route} --vpc-peering-connection-id {peering}");
        Assert.Contains("(RouteAlreadyExists)", await Cli.RefusedAsync($"ec2 create-route {route} --vpc-peering-connection-id {peering}"));
        Assert.Equal("local\tNone\nNone\t" + peering, await Cli.AwsAsync(
            $"ec2 describe-route-tables --route-table-ids {main}", "RouteTables[0].Routes[].[GatewayId,VpcPeeringConnectionId]"));

        await Cli.AwsAsync($"ec2 delete-vpc-peering-connection --vpc-peering-connection-id {peering}");
        Assert.Equal("active\tblackhole", await Cli.AwsAsync(
            $"ec2 describe-route-tables --route-table-ids {main}", "RouteTables[0].Routes[].State"));
        await Cli.AwsAsync($"ec2 delete-route {route}");
        Assert.Contains("(InvalidRoute.NotFound)", await Cli.RefusedAsync($"ec2 delete-route {route}"));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_gives_a_subnet_a_route_table_of_its_own()
    {
        var vpc = await Cli.AwsAsync("ec2 describe-vpcs", "Vpcs[0].VpcId");
        var subnet = await Cli.AwsAsync("ec2 describe-subnets", "Subnets[0].SubnetId");
        var table = await Cli.AwsAsync($"ec2 create-route-table --vpc-id {vpc}", "RouteTable.RouteTableId");
        var association = await Cli.AwsAsync($"ec2 associate-route-table --route-table-id {table} --subnet-id {subnet}", "AssociationId");
        Assert.Contains("(Resource.AlreadyAssociated)", await Cli.RefusedAsync(
            $"ec2 associate-route-table --route-table-id {table} --subnet-id {subnet}"));
        Assert.Equal(table, await Cli.AwsAsync(
            $"ec2 describe-route-tables --filters Name=association.subnet-id,Values={subnet}", "RouteTables[0].RouteTableId"));
        Assert.Contains("(DependencyViolation)", await Cli.RefusedAsync($"ec2 delete-route-table --route-table-id {table}"));

        await Cli.AwsAsync($"ec2 disassociate-route-table --association-id {association}");
        await Cli.AwsAsync($"ec2 delete-route-table --route-table-id {table}");
        Assert.Contains("(InvalidRouteTableID.NotFound)", await Cli.RefusedAsync($"ec2 describe-route-tables --route-table-ids {table}"));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_guards_a_subnet_with_a_network_ACL()
    {
        var vpc = await Cli.AwsAsync("ec2 describe-vpcs", "Vpcs[0].VpcId");
        var subnet = await Cli.AwsAsync("ec2 describe-subnets", "Subnets[0].SubnetId");
        var acl = await Cli.AwsAsync($"ec2 create-network-acl --vpc-id {vpc}", "NetworkAcl.NetworkAclId");
        var entry = $"--network-acl-id {acl} --rule-number 10 --ingress";
        await Cli.AwsAsync(
            $"ec2 create-network-acl-entry {entry} --protocol 17 --port-range From=4789,To=4789 "
                + "--rule-action allow --cidr-block 10.0.0.0/8");
        Assert.Contains("(NetworkAclEntryAlreadyExists)", await Cli.RefusedAsync(
            $"ec2 create-network-acl-entry {entry} --protocol -1 --rule-action deny --cidr-block 0.0.0.0/0"));
        await Cli.AwsAsync($"ec2 replace-network-acl-entry {entry} --protocol -1 --rule-action deny --ipv6-cidr-block ::/0");
        Assert.Equal("10\tdeny\t::/0", await Cli.AwsAsync(
            $"ec2 describe-network-acls --network-acl-ids {acl}",
            "NetworkAcls[0].Entries[?RuleNumber==`10`].[RuleNumber,RuleAction,Ipv6CidrBlock]"));
        var before = await Cli.AwsAsync(
            $"ec2 describe-network-acls --filters Name=association.subnet-id,Values={subnet}",
            $"NetworkAcls[0].Associations[?SubnetId=='{subnet}']|[0].NetworkAclAssociationId");
        await Cli.AwsAsync($"ec2 replace-network-acl-association --association-id {before} --network-acl-id {acl}");
        Assert.Equal(acl, await Cli.AwsAsync(
            $"ec2 describe-network-acls --filters Name=association.subnet-id,Values={subnet}", "NetworkAcls[0].NetworkAclId"));
        Assert.Contains("(DependencyViolation)", await Cli.RefusedAsync($"ec2 delete-network-acl --network-acl-id {acl}"));

        await Cli.AwsAsync($"ec2 delete-network-acl-entry {entry}");
        Assert.Contains("(InvalidNetworkAclEntry.NotFound)", await Cli.RefusedAsync($"ec2 delete-network-acl-entry {entry}"));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_puts_sensors_behind_a_Network_Load_Balancer_and_packets_reach_them()
    {
        var (source, sensor, subnet, vpc) = await LaunchAsync();
        var balancer = await Cli.AwsAsync(
            $"elbv2 create-load-balancer --name sensors --type network --scheme internal --subnets {subnet} --tags Key=team,Value=net",
            "LoadBalancers[0].LoadBalancerArn");
        await Cli.AwsAsync($"elbv2 wait load-balancer-available --load-balancer-arns {balancer}");
        var group = await Cli.AwsAsync(
            $"elbv2 create-target-group --name sensors --protocol UDP --port 4789 --vpc-id {vpc} "
                + "--health-check-protocol TCP --health-check-port 22",
            "TargetGroups[0].TargetGroupArn");
        await Cli.AwsAsync($"elbv2 register-targets --target-group-arn {group} --targets Id={sensor}");
        Assert.Equal("unused\tTarget.NotInUse", await HealthAsync(group));
        await MirrorAsync(source, $"--network-load-balancer-arn {balancer}");
        Assert.Equal(("copy-lost", "sensors has no listener for UDP 4789"), await SendAsync(source));

        var listener = await Cli.AwsAsync(
            $"elbv2 create-listener --load-balancer-arn {balancer} --protocol UDP --port 4789 "
                + $"--default-actions Type=forward,TargetGroupArn={group}", "Listeners[0].ListenerArn");
        Assert.Equal("healthy\tNone", await HealthAsync(group));
        Assert.Equal("mirrored", (await SendAsync(source)).Fate);

        await Cli.AwsAsync($"ec2 stop-instances --instance-ids {sensor}");
        await Cli.AwsAsync($"ec2 wait instance-stopped --instance-ids {sensor}");
        Assert.Equal("unused\tTarget.InvalidState", await HealthAsync(group));
        Assert.Equal("copy-lost", (await SendAsync(source)).Fate);

        Assert.Contains("(ResourceInUse)", await Cli.RefusedAsync($"elbv2 delete-target-group --target-group-arn {group}"));
        Assert.Equal(balancer, await Cli.AwsAsync("elbv2 describe-target-groups --names sensors", "TargetGroups[0].LoadBalancerArns[0]"));
        Assert.Equal("net", await Cli.AwsAsync($"elbv2 describe-tags --resource-arns {balancer}", "TagDescriptions[0].Tags[0].Value"));
        await Cli.AwsAsync($"elbv2 delete-listener --listener-arn {listener}");
        await Cli.AwsAsync($"elbv2 delete-load-balancer --load-balancer-arn {balancer}");
        await Cli.AwsAsync($"elbv2 wait load-balancers-deleted --load-balancer-arns {balancer}");
        await Cli.AwsAsync($"elbv2 delete-target-group --target-group-arn {group}");
        Assert.Contains("(TargetGroupNotFound)", await Cli.RefusedAsync("elbv2 describe-target-groups --names sensors"));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_sets_attributes_and_groups_of_load_balancers_and_is_refused_in_the_services_words()
    {
        var (_, _, subnet, vpc) = await LaunchAsync();
        var security = await Cli.AwsAsync("ec2 describe-security-groups", "SecurityGroups[0].GroupId");
        var create = $"elbv2 create-load-balancer --name n --type network --subnets {subnet}";
        var balancer = await Cli.AwsAsync($"{create} --security-groups {security}", "LoadBalancers[0].LoadBalancerArn");
        Assert.Equal(balancer, await Cli.AwsAsync($"{create} --security-groups {security}", "LoadBalancers[0].LoadBalancerArn"));
        Assert.Contains("(DuplicateLoadBalancerName)", await Cli.RefusedAsync(create));
        await Cli.AwsAsync(
            $"elbv2 modify-load-balancer-attributes --load-balancer-arn {balancer} "
                + "--attributes Key=load_balancing.cross_zone.enabled,Value=true");
        Assert.Equal("true", await Cli.AwsAsync(
            $"elbv2 describe-load-balancer-attributes --load-balancer-arn {balancer}",
            "Attributes[?Key=='load_balancing.cross_zone.enabled']|[0].Value"));
        Assert.Equal(security, await Cli.AwsAsync(
            $"elbv2 set-security-groups --load-balancer-arn {balancer} --security-groups {security}", "SecurityGroupIds[0]"));
        await Cli.AwsAsync($"elbv2 add-tags --resource-arns {balancer} --tags Key=a,Value=1 Key=b,Value=2");
        await Cli.AwsAsync($"elbv2 remove-tags --resource-arns {balancer} --tag-keys a");
        Assert.Equal("b", await Cli.AwsAsync($"elbv2 describe-tags --resource-arns {balancer}", "TagDescriptions[0].Tags[].Key"));

        Assert.Contains("(UnsupportedOperation)", await Cli.RefusedAsync($"elbv2 create-load-balancer --name a --subnets {subnet}"));
        Assert.Contains("(SubnetNotFound)", await Cli.RefusedAsync(
            "elbv2 create-load-balancer --name a --type network --subnets subnet-1"));
        Assert.Contains("(LoadBalancerNotFound)", await Cli.RefusedAsync("elbv2 describe-load-balancers --names none"));
        Assert.Contains("(InvalidTarget)", await Cli.RefusedAsync(
            "elbv2 register-targets --targets Id=i-1 --target-group-arn " + await Cli.AwsAsync(
                $"elbv2 create-target-group --name g --protocol UDP --port 4789 --vpc-id {vpc}", "TargetGroups[0].TargetGroupArn")));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_puts_appliances_behind_a_Gateway_Load_Balancer_and_packets_reach_them()
    {
        var (source, sensor, subnet, vpc) = await LaunchAsync();
        var balancer = await Cli.AwsAsync(
            $"elbv2 create-load-balancer --name appliances --type gateway --subnets {subnet}", "LoadBalancers[0].LoadBalancerArn");
        var group = await Cli.AwsAsync(
            $"elbv2 create-target-group --name appliances --protocol GENEVE --port 6081 --vpc-id {vpc}", "TargetGroups[0].TargetGroupArn");
        await Cli.AwsAsync($"elbv2 register-targets --target-group-arn {group} --targets Id={sensor}");
        await Cli.AwsAsync(
            $"elbv2 create-listener --load-balancer-arn {balancer} --default-actions Type=forward,TargetGroupArn={group}");
        var service = await Cli.AwsAsync(
            $"ec2 create-vpc-endpoint-service-configuration --gateway-load-balancer-arns {balancer}",
            "ServiceConfiguration.[ServiceId,ServiceName]");
        var (id, name) = (service.Split('\t')[0], service.Split('\t')[1]);
        var endpoint = await Cli.AwsAsync(
            $"ec2 create-vpc-endpoint --vpc-endpoint-type GatewayLoadBalancer --vpc-id {vpc} --service-name {name} --subnet-ids {subnet}",
            "VpcEndpoint.VpcEndpointId");
        await Cli.AwsAsync($"ec2 accept-vpc-endpoint-connections --service-id {id} --vpc-endpoint-ids {endpoint}");
        Assert.Equal("available", await Cli.AwsAsync($"ec2 describe-vpc-endpoints --vpc-endpoint-ids {endpoint}", "VpcEndpoints[0].State"));
        await MirrorAsync(source, $"--gateway-load-balancer-endpoint-id {endpoint}");

        Assert.Equal("mirrored", (await SendAsync(source)).Fate);

        Assert.Equal("ExistingVpcEndpointConnections", await Cli.AwsAsync(
            $"ec2 delete-vpc-endpoint-service-configurations --service-ids {id}", "Unsuccessful[0].Error.Code"));
        await Cli.AwsAsync($"ec2 delete-vpc-endpoints --vpc-endpoint-ids {endpoint}");
        Assert.Equal(("copy-lost", $"the endpoint {endpoint} was deleted"), await SendAsync(source));
    }

    private Task<string> HealthAsync(string group) => Cli.AwsAsync(
        $"elbv2 describe-target-health --target-group-arn {group}", "TargetHealthDescriptions[0].TargetHealth.[State,Reason]");

    /// <summary>A source's interface and a sensor, both in one subnet, in a group that lets everything in.</summary>
    private async Task<(string Source, string Sensor, string Subnet, string Vpc)> LaunchAsync()
    {
        var subnet = await Cli.AwsAsync("ec2 describe-subnets", "Subnets[0].[SubnetId,VpcId]");
        var group = await Cli.AwsAsync("ec2 create-security-group --group-name all --description all", "GroupId");
        await Cli.AwsAsync($"ec2 authorize-security-group-ingress --group-id {group} --protocol -1 --cidr 0.0.0.0/0");
        var launch = await Cli.AwsAsync(
            $"ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type m5.large --count 2 --subnet-id {subnet.Split('\t')[0]} "
                + $"--security-group-ids {group}", "Instances[].[InstanceId,NetworkInterfaces[0].NetworkInterfaceId]");
        var words = launch.Split('\n').Select(line => line.Split('\t')).ToList();
        return (words[0][1], words[1][0], subnet.Split('\t')[0], subnet.Split('\t')[1]);
    }

    private async Task MirrorAsync(string source, string destination)
    {
        var filter = await Cli.AwsAsync("ec2 create-traffic-mirror-filter", "TrafficMirrorFilter.TrafficMirrorFilterId");
        await Cli.AwsAsync($"ec2 create-traffic-mirror-filter-rule --traffic-mirror-filter-id {filter} --traffic-direction egress "
            + "--rule-number 1 --rule-action accept --source-cidr-block 0.0.0.0/0 --destination-cidr-block 0.0.0.0/0");
        var target = await Cli.AwsAsync(
            $"ec2 create-traffic-mirror-target {destination}", "TrafficMirrorTarget.TrafficMirrorTargetId");
        await Cli.AwsAsync($"ec2 create-traffic-mirror-session --network-interface-id {source} --traffic-mirror-target-id {target} "
            + $"--traffic-mirror-filter-id {filter} --session-number 1");
    }

    private async Task<(string? Fate, string? Because)> SendAsync(string source)
    {
        var packet = $$"""{"from":"{{source}}","to":"198.51.100.7","destinationPort":443}""";
        using var reply = await Http.PostAsync(new Uri(Server.Url, "/_automirror/packets"), new StringContent(packet));
        var fate = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.GetProperty("fates")[0];
        return (fate.GetProperty("fate").GetString(), fate.GetProperty("because").GetString());
    }
}

using static AutoMirror.Emulator.Iam.Authorization.Ec2Need;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// Which resources each action of EC2 is checked against: the column "Resource types" of the Service Authorization Reference, "Actions,
/// resources, and condition keys for Amazon EC2" (its edition of June 2026). Actions that are not here know no resources, as all
/// describes do.
/// </summary>
internal static class Ec2Needs
{
    private static readonly Ec2Need Instances = Given("instance", "InstanceId");
    private static readonly Ec2Need Group = Given("security-group", "GroupId");
    private static readonly Ec2Need Filter = Given("traffic-mirror-filter", "TrafficMirrorFilterId");
    private static readonly Ec2Need Rule = Given("traffic-mirror-filter-rule", "TrafficMirrorFilterRuleId");
    private static readonly Ec2Need Session = Given("traffic-mirror-session", "TrafficMirrorSessionId");
    private static readonly Ec2Need Target = Given("traffic-mirror-target", "TrafficMirrorTargetId");
    private static readonly Ec2Need Interface = Given("network-interface", "NetworkInterfaceId");
    private static readonly Ec2Need Subnet = Given("subnet", "SubnetId");
    private static readonly Ec2Need Vpc = Given("vpc", "VpcId");
    private static readonly Ec2Need Table = Given("route-table", "RouteTableId");
    private static readonly Ec2Need Acl = Given("network-acl", "NetworkAclId");
    private static readonly Ec2Need Peering = Given("vpc-peering-connection", "VpcPeeringConnectionId");
    private static readonly Ec2Need EndpointService = Given("vpc-endpoint-service", "ServiceId");

    public static IReadOnlyList<Ec2Need> Of(string action) => action switch
    {
        "CreateTrafficMirrorSession" => [New("traffic-mirror-session"), Interface, Filter, Target],
        // The filter and the target are optional in the reference: they count when the call changes them.
        "ModifyTrafficMirrorSession" => [Session, Filter, Target],
        "DeleteTrafficMirrorSession" => [Session],
        "CreateTrafficMirrorTarget" =>
            [New("traffic-mirror-target"), Interface, Given("vpc-endpoint", "GatewayLoadBalancerEndpointId")],
        "DeleteTrafficMirrorTarget" => [Target],
        "CreateTrafficMirrorFilter" => [New("traffic-mirror-filter")],
        "DeleteTrafficMirrorFilter" or "ModifyTrafficMirrorFilterNetworkServices" => [Filter],
        "CreateTrafficMirrorFilterRule" => [Filter, New("traffic-mirror-filter-rule")],
        // The filter is that of the rule, which these calls do not name.
        "DeleteTrafficMirrorFilterRule" or "ModifyTrafficMirrorFilterRule" => [Rule],
        "RunInstances" =>
        [
            Chosen("image", "ImageId"), New("instance"), New("network-interface"), New("volume"), Chosen("subnet", "SubnetId"),
            Chosen("security-group", "SecurityGroupId"), Given("network-interface", "NetworkInterface.1.NetworkInterfaceId"),
            Given("subnet", "NetworkInterface.1.SubnetId"),
        ],
        "StartInstances" or "StopInstances" or "RebootInstances" or "TerminateInstances" => [Instances],
        "CreateNetworkInterface" => [New("network-interface"), Subnet, Given("security-group", "SecurityGroupId")],
        "DeleteNetworkInterface" => [Interface],
        "AttachNetworkInterface" => [Instances, Interface],
        "DetachNetworkInterface" => [Chosen("instance", "InstanceId"), Chosen("network-interface", "NetworkInterfaceId")],
        "ModifyNetworkInterfaceAttribute" => [Interface, Given("security-group", "SecurityGroupId")],
        "CreateVpc" => [New("vpc")],
        "DeleteVpc" => [Vpc],
        "CreateSubnet" => [New("subnet"), Vpc],
        "DeleteSubnet" or "ModifySubnetAttribute" => [Subnet],
        "CreateSecurityGroup" => [New("security-group"), Vpc],
        "DeleteSecurityGroup" or "AuthorizeSecurityGroupIngress" or "AuthorizeSecurityGroupEgress" or "RevokeSecurityGroupIngress"
            or "RevokeSecurityGroupEgress" => [Group],
        _ => OfPaths(action),
    };

    /// <summary>
    /// What packets meet on their way. Calls that name an association are checked against any table or subnet, as those are not named.
    /// </summary>
    private static IReadOnlyList<Ec2Need> OfPaths(string action) => action switch
    {
        "CreateRouteTable" => [New("route-table"), Vpc],
        "DeleteRouteTable" or "CreateRoute" or "ReplaceRoute" or "DeleteRoute" or "ReplaceRouteTableAssociation" => [Table],
        "AssociateRouteTable" => [Table, Subnet],
        "DisassociateRouteTable" => [Chosen("route-table", "RouteTableId")],
        "CreateNetworkAcl" => [New("network-acl"), Vpc],
        "DeleteNetworkAcl" or "CreateNetworkAclEntry" or "ReplaceNetworkAclEntry" or "DeleteNetworkAclEntry" => [Acl],
        "ReplaceNetworkAclAssociation" => [Acl, Chosen("subnet", "SubnetId")],
        "CreateVpcPeeringConnection" => [Vpc, New("vpc-peering-connection")],
        "AcceptVpcPeeringConnection" => [Peering, Chosen("vpc", "VpcId")],
        "DeleteVpcPeeringConnection" => [Peering],
        "CreateVpcEndpoint" => [Vpc, New("vpc-endpoint"), Subnet, Given("security-group", "SecurityGroupId"), Table],
        "DeleteVpcEndpoints" => [Given("vpc-endpoint", "VpcEndpointId")],
        "CreateVpcEndpointServiceConfiguration" => [New("vpc-endpoint-service")],
        "DeleteVpcEndpointServiceConfigurations" or "AcceptVpcEndpointConnections" => [EndpointService],
        _ => [],
    };
}

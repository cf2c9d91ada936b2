using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Ec2;

/// <summary>Errors of interfaces, VPCs, subnets, network ACLs and security groups.</summary>
internal static partial class Ec2Errors
{
    // (seen)
    public static AwsException NetworkInterfaceNotFound(string id) => ResourceId.IsWellFormed("eni", id)
        ? NotFound("InvalidNetworkInterfaceID.NotFound", "networkInterface", id)
        : Malformed("InvalidNetworkInterfaceId.Malformed", "eni", id);

    // (seen)
    public static AwsException NetworkInterfaceInUse(string id) => new("InvalidNetworkInterface.InUse", $"Interface: [{id}] in use.");

    // (seen)
    public static AwsException NetworkInterfaceCannotBeDeleted(string id) =>
        InvalidParameterValue($"Network interface '{id}' is currently in use.");

    // (documented)
    public static AwsException NoDefaultVpc() => new("VPCIdNotSpecified", "No default VPC for this user");

    public static AwsException IncorrectState(string instance) =>
        new("IncorrectState", $"Instance '{instance}' is not 'running' or 'stopped'.");

    // (seen)
    public static AwsException DeviceIndexTaken(string instance, int index) =>
        InvalidParameterValue($"Instance '{instance}' already has an interface attached at device index '{index}'.");

    public static AwsException AttachmentLimitExceeded(InstanceType type) => new("AttachmentLimitExceeded", type.NetworkCards == 1
        ? $"The maximum number of network interfaces for the instance type '{type.Name}' is {type.MaximumNetworkInterfaces}."
        : $"The maximum number of network interfaces for each of the {type.NetworkCards} network cards of the instance type "
            + $"'{type.Name}' is {type.MaximumInterfacesPerCard}.");

    // (own)
    public static AwsException NoSuchNetworkCard(string type, int index, int cards) => InvalidParameterValue(
        $"Value ( {index} ) for parameter networkCardIndex is invalid. The instance type '{type}' has {cards} network card"
            + (cards == 1 ? "." : "s."));

    // (seen)
    public static AwsException AttachmentNotFound(string id) =>
        new("InvalidAttachmentID.NotFound", $"The attachment '{id}' does not exist");

    // (seen)
    public static AwsException PrimaryCannotBeDetached() =>
        new("OperationNotPermitted", "The network interface at device index 0 cannot be detached.");

    // (seen)
    public static AwsException ElaAttachment() =>
        new("OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.");

    public static AwsException OtherZone(string networkInterface, string instance) =>
        InvalidParameterValue($"Interface '{networkInterface}' and instance '{instance}' are in different availability zones.");

    // (seen)
    public static AwsException AddressInUse(string address) => new("InvalidIPAddress.InUse", $"Address {address} is in use.");

    // (seen)
    public static AwsException AddressOutsideSubnet(string address) =>
        InvalidParameterValue($"Address {address} does not fall within the subnet's address range");

    public static AwsException NoFreeAddress(string subnet) =>
        new("InsufficientFreeAddressesInSubnet",
            $"There are not enough free addresses in subnet '{subnet}' to satisfy the requested number of instances.");

    public static AwsException NoIpv6Block(string subnet) => InvalidParameterValue($"subnet {subnet} does not have an IPv6 CIDR block");

    // (seen)
    public static AwsException VpcNotFound(string id) => ResourceId.IsWellFormed("vpc", id)
        ? NotFound("InvalidVpcID.NotFound", "vpc", id)
        : Malformed("InvalidVpcID.Malformed", "vpc", id);

    public static AwsException InvalidVpcRange(string cidr) => new("InvalidVpc.Range", $"The CIDR '{cidr}' is invalid.");

    // (seen)
    public static AwsException SubnetNotFound(string id) => ResourceId.IsWellFormed("subnet", id)
        ? NotFound("InvalidSubnetID.NotFound", "subnet", id)
        : Malformed("InvalidSubnetID.Malformed", "subnet", id);

    // (seen)
    public static AwsException SubnetConflict(string cidr) =>
        new("InvalidSubnet.Conflict", $"The CIDR '{cidr}' conflicts with another subnet");

    // (seen)
    public static AwsException SubnetOutsideVpc(string cidr) => new("InvalidSubnet.Range", $"The CIDR '{cidr}' is invalid.");

    public static AwsException ZoneNotFound(string nameOrId, IEnumerable<string> zones) => InvalidParameterValue(
        $"Value ({nameOrId}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following "
            + $"availability zones: {string.Join(", ", zones)}.");

    // (seen)
    public static AwsException DependencyViolation(string kind, string id) =>
        new("DependencyViolation", $"The {kind} '{id}' has dependencies and cannot be deleted.");

    // (seen)
    public static AwsException NetworkAclNotFound(string id) => NotFound("InvalidNetworkAclID.NotFound", "networkAcl", id);

    // (seen)
    public static AwsException NetworkAclEntryExists(int number) =>
        new("NetworkAclEntryAlreadyExists", $"The network acl entry identified by {number} already exists.");

    // (seen)
    public static AwsException NetworkAclEntryNotFound(int number, string acl) =>
        new("InvalidNetworkAclEntry.NotFound", $"network acl entry {number} in network acl {acl} does not exist");

    // (seen)
    public static AwsException NetworkAclAssociationNotFound(string id) =>
        new("InvalidAssociationID.NotFound", $"The association ID '{id}' does not exist");

    // (seen)
    public static AwsException RouteTableNotFound(string id) =>
        new("InvalidRouteTableID.NotFound", $"The routeTable ID '{id}' does not exist");

    // (seen)
    public static AwsException RouteAlreadyExists(string destination) =>
        new("RouteAlreadyExists", $"The route identified by {destination} already exists.");

    // (seen)
    public static AwsException RouteNotFound(string table, string destination) =>
        new("InvalidRoute.NotFound", $"no route with destination-cidr-block {destination} in route table {table}");

    // (seen)
    public static AwsException LocalRouteStays(string destination) =>
        InvalidParameterValue($"cannot remove local route {destination} in route table");

    // (seen)
    public static AwsException RouteTableAssociationNotFound(string id) =>
        new("InvalidAssociationID.NotFound", $"The association ID '{id}' does not exist");

    // (seen)
    public static AwsException AlreadyAssociated(string subnet, string association) => new(
        "Resource.AlreadyAssociated",
        $"the specified association for route table conflicts with an existing association: {association} of {subnet}");

    // (seen)
    public static AwsException PeeringConnectionNotFound(string id) =>
        new("InvalidVpcPeeringConnectionID.NotFound", $"The vpcPeeringConnection ID '{id}' does not exist");

    // (seen)
    public static AwsException PeeringStateTransition(string id, string state) =>
        new("InvalidStateTransition", $"Invalid state transition for {id}, attempted to transition from {state}");

    // (seen)
    public static AwsException VpcEndpointNotFound(string id) =>
        new("InvalidVpcEndpointId.NotFound", $"The Vpc Endpoint Id '{id}' does not exist");

    // (seen)
    public static AwsException EndpointServiceNotFound(string id) =>
        new("InvalidVpcEndpointServiceId.NotFound", $"The VpcEndpointService Id '{id}' does not exist");

    // (seen)
    public static AwsException InvalidServiceName(string name) =>
        new("InvalidServiceName", $"The Vpc Endpoint Service '{name}' does not exist");

    // (seen)
    public static AwsException ExistingEndpointConnections(string id) =>
        new("ExistingVpcEndpointConnections", $"Service {id} has existing active VPC Endpoint connections!");

    // (seen)
    public static AwsException SecurityGroupNotFound(string id) => ResourceId.IsWellFormed("sg", id)
        ? new("InvalidGroup.NotFound", $"The security group '{id}' does not exist")
        : Malformed("InvalidGroupId.Malformed", "sg", id);

    // (seen)
    public static AwsException SecurityGroupNameNotFound(string name, string vpc) =>
        new("InvalidGroup.NotFound", $"The security group '{name}' does not exist in VPC '{vpc}'");

    // (seen)
    public static AwsException DuplicateGroup(string name, string vpc) =>
        new("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpc}'");

    // (seen)
    public static AwsException InvalidGroupText(string what) => InvalidParameterValue(
        $"Invalid security group {what}. Valid {what}s are strings less than 256 characters from the following set: "
            + "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");

    // (seen)
    public static AwsException NoAccessToDefaultGroup(string vpc) => InvalidParameterCombination(
        $"You do not have access to a default security group in VPC {vpc}. Specify a security group, and try again.");

    public static AwsException CannotDeleteDefaultGroup(string id) =>
        new("CannotDelete", $"the specified group: \"{id}\" name: \"default\" cannot be deleted by a user");

    public static AwsException GroupInUse(string id) => new("DependencyViolation", $"resource {id} has a dependent object");

    // (seen)
    public static AwsException DuplicatePermission(string? peer, string protocol) =>
        new("InvalidPermission.Duplicate", $"the specified rule \"peer: {peer}, {protocol}, ALLOW\" already exists");

    // (seen)
    public static AwsException PermissionNotFound() =>
        new("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");

    // (seen)
    public static AwsException PortRangeRequired() =>
        InvalidParameterValue("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");

    public static AwsException InvalidPortRange(int from, int to) =>
        InvalidParameterValue($"Invalid value '{from}-{to}' for portRange. Must be in the range 0-65535, from before to.");

    // (seen)
    public static AwsException UnknownProtocol(string protocol) =>
        InvalidParameterValue($"Invalid value '{protocol}' for IP protocol. Unknown protocol.");
}

using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// Parameters that the service model documents and the emulator does not model. To accept them would promise what is not there, and to
/// call them unknown would be untrue, so each is refused by name. A name stands for everything below it, too.
/// </summary>
internal static partial class UnmodelledParameters
{
    private static readonly string[] OfPermissions =
    [
        "SourceSecurityGroupName", "SourceSecurityGroupOwnerId", "SecurityGroupRuleId", "IpPermissions.PrefixListIds",
        "IpPermissions.Groups.GroupName", "IpPermissions.Groups.VpcPeeringConnectionId",
    ];

    private static readonly string[] OfRoutes =
        ["DestinationPrefixListId", "LocalGatewayId", "CarrierGatewayId", "CoreNetworkArn", "OdbNetworkArn"];

    private static readonly FrozenDictionary<string, string[]> ByAction = new Dictionary<string, string[]>
    {
        ["RunInstances"] =
        [
            "ElasticGpuSpecification", "ElasticInferenceAccelerator", "EnablePrimaryIpv6", "Ipv6Address", "Operator", "SecondaryInterface",
            "NetworkInterface.AssociateCarrierIpAddress", "NetworkInterface.Ipv4Prefix",
            "NetworkInterface.Ipv4PrefixCount", "NetworkInterface.Ipv6Addresses", "NetworkInterface.Ipv6Prefix",
            "NetworkInterface.Ipv6PrefixCount", "NetworkInterface.PrimaryIpv6", "NetworkInterface.EnaSrdSpecification",
            "NetworkInterface.ConnectionTrackingSpecification", "NetworkInterface.EnaQueueCount",
        ],
        ["CreateNetworkInterface"] =
        [
            "ConnectionTrackingSpecification", "EnablePrimaryIpv6", "Ipv4Prefix", "Ipv4PrefixCount", "Ipv6Addresses", "Ipv6Prefix",
            "Ipv6PrefixCount", "Operator",
        ],
        ["AttachNetworkInterface"] = ["EnaQueueCount", "EnaSrdSpecification"],
        ["ModifyNetworkInterfaceAttribute"] =
        [
            "AssociatePublicIpAddress", "AssociatedSubnetId", "Attachment.DefaultEnaQueueCount", "Attachment.EnaQueueCount",
            "ConnectionTrackingSpecification", "EnablePrimaryIpv6", "EnaSrdSpecification",
        ],
        ["CreateVpc"] =
        [
            "Ipv4IpamPoolId", "Ipv4NetmaskLength", "Ipv6CidrBlock", "Ipv6CidrBlockNetworkBorderGroup", "Ipv6IpamPoolId",
            "Ipv6NetmaskLength", "Ipv6Pool", "VpcEncryptionControl",
        ],
        ["CreateSubnet"] = ["Ipv4IpamPoolId", "Ipv4NetmaskLength", "Ipv6IpamPoolId", "Ipv6NetmaskLength", "OutpostArn"],
        ["ModifySubnetAttribute"] =
        [
            "AssignIpv6AddressOnCreation", "CustomerOwnedIpv4Pool", "DisableLniAtDeviceIndex", "EnableDns64", "EnableLniAtDeviceIndex",
            "EnableResourceNameDnsAAAARecordOnLaunch", "EnableResourceNameDnsARecordOnLaunch", "MapCustomerOwnedIpOnLaunch",
            "PrivateDnsHostnameTypeOnLaunch",
        ],
        ["CreateRoute"] = OfRoutes,
        ["ReplaceRoute"] = [.. OfRoutes, "LocalTarget"],
        ["DeleteRoute"] = ["DestinationPrefixListId"],
        ["AssociateRouteTable"] = ["GatewayId", "PublicIpv4Pool"],
        ["CreateVpcEndpoint"] =
        [
            "PolicyDocument", "RouteTableId", "SecurityGroupId", "IpAddressType", "DnsOptions", "PrivateDnsEnabled", "SubnetConfiguration",
            "ServiceNetworkArn", "ResourceConfigurationArn", "ServiceRegion",
        ],
        ["CreateVpcEndpointServiceConfiguration"] =
            ["PrivateDnsName", "NetworkLoadBalancerArn", "SupportedIpAddressType", "SupportedRegion"],
        ["AuthorizeSecurityGroupIngress"] = OfPermissions,
        ["AuthorizeSecurityGroupEgress"] = OfPermissions,
        ["RevokeSecurityGroupIngress"] = OfPermissions,
        ["RevokeSecurityGroupEgress"] = OfPermissions,
    }.ToFrozenDictionary();

    /// <summary>The error for a parameter that no action has read: documented and not emulated, or unknown to EC2 itself.</summary>
    public static AwsException Refuse(string action, string name)
    {
        var plain = Numbers().Replace(name, "");
        return ByAction.TryGetValue(action, out var names)
            && names.Any(known => plain == known || plain.StartsWith(known + ".", StringComparison.Ordinal))
            ? Ec2Errors.NotEmulated(name)
            : Ec2Errors.UnknownParameter(name);
    }

    [GeneratedRegex("\\.[0-9]+(?=\\.|$)")]
    private static partial Regex Numbers();
}

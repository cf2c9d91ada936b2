using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Network interfaces as EC2 writes them: by themselves, and within an instance, where some elements differ.</summary>
internal static class NetworkInterfaceXml
{
    public static void Write(Ec2Call call, NetworkInterface networkInterface)
    {
        var body = call.Body;
        body.Text("networkInterfaceId", networkInterface.Id)
            .Text("subnetId", networkInterface.SubnetId)
            .Text("vpcId", networkInterface.VpcId)
            .Text("availabilityZone", networkInterface.Zone.Name)
            .Text("availabilityZoneId", networkInterface.Zone.Id)
            .Text("description", networkInterface.Description)
            .Text("ownerId", networkInterface.OwnerId)
            .Text("requesterId", networkInterface.RequesterId)
            .Flag("requesterManaged", networkInterface.RequesterManaged)
            .Text("status", networkInterface.Status);
        WriteAddresses(call, networkInterface);
        InstanceXml.WriteGroups(call, networkInterface.GroupIds);
        if (networkInterface.Attachment is { } attachment)
        {
            body.Structure("attachment", () =>
            {
                body.Text("instanceId", attachment.InstanceId).Text("instanceOwnerId", attachment.InstanceOwnerId);
                WriteAttachment(call, attachment);
            });
        }

        body.Flag("ipv6Native", networkInterface.IsIpv6Native ? true : null).Tags(networkInterface);
        ManagedResourceActions.WriteOperator(call, networkInterface.Operator);
    }

    public static void WriteOfInstance(Ec2Call call, NetworkInterface networkInterface)
    {
        call.Body.Text("networkInterfaceId", networkInterface.Id)
            .Text("subnetId", networkInterface.SubnetId)
            .Text("vpcId", networkInterface.VpcId)
            .Text("description", networkInterface.Description)
            .Text("ownerId", networkInterface.OwnerId)
            .Text("status", networkInterface.Status);
        WriteAddresses(call, networkInterface);
        InstanceXml.WriteGroups(call, networkInterface.GroupIds);
        call.Body.Structure("attachment", () => WriteAttachment(call, networkInterface.Attachment!));
        ManagedResourceActions.WriteOperator(call, networkInterface.Operator);
    }

    private static void WriteAttachment(Ec2Call call, Attachment attachment) => call.Body
        .Text("attachmentId", attachment.Id)
        .Integer("deviceIndex", attachment.DeviceIndex)
        .Integer("networkCardIndex", attachment.NetworkCardIndex)
        .Text("status", attachment.Status)
        .Time("attachTime", attachment.AttachTime)
        .Flag("deleteOnTermination", attachment.DeleteOnTermination);

    private static void WriteAddresses(Ec2Call call, NetworkInterface networkInterface)
    {
        var body = call.Body;
        body.Text("macAddress", networkInterface.MacAddress)
            .Text("privateIpAddress", networkInterface.PrivateIpAddress)
            .Text("privateDnsName", DnsNames.Private(call.Cloud, networkInterface.PrivateIpAddress))
            .Flag("sourceDestCheck", networkInterface.SourceDestCheck)
            .Text("interfaceType", networkInterface.InterfaceType);
        WriteAssociation(call, networkInterface);
        body.Set("privateIpAddressesSet", networkInterface.PrivateIpAddresses.Index(), address =>
            {
                body.Text("privateIpAddress", address.Item).Text("privateDnsName", DnsNames.Private(call.Cloud, address.Item))
                    .Flag("primary", address.Index == 0);
                if (address.Index == 0)
                    WriteAssociation(call, networkInterface);
            })
            .Set("ipv6AddressesSet", networkInterface.Ipv6Addresses, address => body
                .Text("ipv6Address", address).Flag("isPrimaryIpv6", false));
    }

    /// <summary>The public address, which is always that of the primary private one.</summary>
    private static void WriteAssociation(Ec2Call call, NetworkInterface networkInterface)
    {
        if (networkInterface.PublicIp is { } address)
        {
            call.Body.Structure("association", () => call.Body
                .Text("publicIp", address)
                .Text("publicDnsName", DnsNames.Public(call.Cloud, address))
                .Text("ipOwnerId", networkInterface.PublicIpOwner));
        }
    }
}

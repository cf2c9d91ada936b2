using AutoMirror.Emulator.Ec2.Instances;

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
            .Text("ownerId", call.Cloud.Options.AccountId)
            .Flag("requesterManaged", networkInterface.RequesterManaged)
            .Text("status", networkInterface.Status);
        WriteAddresses(call, networkInterface);
        InstanceXml.WriteGroups(call, networkInterface.GroupIds);
        if (networkInterface.Attachment is { } attachment)
        {
            body.Structure("attachment", () =>
            {
                body.Text("instanceId", attachment.InstanceId).Text("instanceOwnerId", call.Cloud.Options.AccountId);
                WriteAttachment(call, attachment);
            });
        }

        body.Flag("ipv6Native", networkInterface.IsIpv6Native ? true : null).Structure("operator", () => body.Flag("managed", false)).Tags(networkInterface);
    }

    public static void WriteOfInstance(Ec2Call call, NetworkInterface networkInterface)
    {
        call.Body.Text("networkInterfaceId", networkInterface.Id)
            .Text("subnetId", networkInterface.SubnetId)
            .Text("vpcId", networkInterface.VpcId)
            .Text("description", networkInterface.Description)
            .Text("ownerId", call.Cloud.Options.AccountId)
            .Text("status", networkInterface.Status);
        WriteAddresses(call, networkInterface);
        InstanceXml.WriteGroups(call, networkInterface.GroupIds);
        call.Body.Structure("attachment", () => WriteAttachment(call, networkInterface.Attachment!))
            .Structure("operator", () => call.Body.Flag("managed", false));
    }

    private static void WriteAttachment(Ec2Call call, Attachment attachment) => call.Body
        .Text("attachmentId", attachment.Id)
        .Integer("deviceIndex", attachment.DeviceIndex)
        .Integer("networkCardIndex", 0)
        .Text("status", attachment.Status)
        .Text("attachTime", Names.Time(attachment.AttachTime))
        .Flag("deleteOnTermination", attachment.DeleteOnTermination);

    private static void WriteAddresses(Ec2Call call, NetworkInterface networkInterface)
    {
        var body = call.Body;
        var primary = networkInterface.PrivateIpAddress;
        body.Text("macAddress", networkInterface.MacAddress)
            .Text("privateIpAddress", primary)
            .Text("privateDnsName", Names.PrivateDns(call.Cloud, primary))
            .Flag("sourceDestCheck", networkInterface.SourceDestCheck)
            .Text("interfaceType", networkInterface.InterfaceType);
        WriteAssociation(call, networkInterface.PublicIp, networkInterface.PublicIpOwner);
        body.Set("privateIpAddressesSet", networkInterface.PrivateIpAddresses.Index(), address =>
            {
                body.Text("privateIpAddress", address.Item).Text("privateDnsName", Names.PrivateDns(call.Cloud, address.Item))
                    .Flag("primary", address.Index == 0);
                WriteAssociation(call, address.Index == 0 ? networkInterface.PublicIp : null, networkInterface.PublicIpOwner);
            })
            .Set("ipv6AddressesSet", networkInterface.Ipv6Addresses, address => body.Text("ipv6Address", address).Flag("isPrimaryIpv6", false));
    }

    private static void WriteAssociation(Ec2Call call, string? publicIp, string? ipOwner)
    {
        if (publicIp is not null)
        {
            call.Body.Structure("association", () => call.Body
                .Text("publicIp", publicIp).Text("publicDnsName", Names.PublicDns(call.Cloud, publicIp)).Text("ipOwnerId", ipOwner));
        }
    }
}

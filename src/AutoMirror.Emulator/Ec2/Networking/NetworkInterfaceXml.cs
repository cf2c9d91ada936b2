using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Network interfaces as EC2 writes them: by themselves, and within an instance, where some elements differ.</summary>
internal static class NetworkInterfaceXml
{
    public static void Write(Ec2Call call, NetworkInterface one)
    {
        var body = call.Body;
        body.Text("networkInterfaceId", one.Id)
            .Text("subnetId", one.SubnetId)
            .Text("vpcId", one.VpcId)
            .Text("availabilityZone", one.Zone.Name)
            .Text("availabilityZoneId", one.Zone.Id)
            .Text("description", one.Description)
            .Text("ownerId", call.Cloud.Options.AccountId)
            .Flag("requesterManaged", one.RequesterManaged)
            .Text("status", one.Status);
        WriteAddresses(call, one);
        InstanceXml.WriteGroups(call, one.GroupIds);
        if (one.Attachment is { } attachment)
            body.Structure("attachment", () =>
            {
                body.Text("instanceId", attachment.InstanceId).Text("instanceOwnerId", call.Cloud.Options.AccountId);
                WriteAttachment(call, attachment);
            });
        body.Flag("ipv6Native", one.IsIpv6Native ? true : null).Structure("operator", () => body.Flag("managed", false)).Tags(one);
    }

    public static void WriteOfInstance(Ec2Call call, NetworkInterface one)
    {
        call.Body.Text("networkInterfaceId", one.Id)
            .Text("subnetId", one.SubnetId)
            .Text("vpcId", one.VpcId)
            .Text("description", one.Description)
            .Text("ownerId", call.Cloud.Options.AccountId)
            .Text("status", one.Status);
        WriteAddresses(call, one);
        InstanceXml.WriteGroups(call, one.GroupIds);
        call.Body.Structure("attachment", () => WriteAttachment(call, one.Attachment!))
            .Structure("operator", () => call.Body.Flag("managed", false));
    }

    private static void WriteAttachment(Ec2Call call, Attachment attachment) => call.Body
        .Text("attachmentId", attachment.Id)
        .Integer("deviceIndex", attachment.DeviceIndex)
        .Integer("networkCardIndex", 0)
        .Text("status", attachment.Status)
        .Text("attachTime", Names.Time(attachment.AttachTime))
        .Flag("deleteOnTermination", attachment.DeleteOnTermination);

    private static void WriteAddresses(Ec2Call call, NetworkInterface one)
    {
        var body = call.Body;
        var primary = one.PrivateIpAddress;
        body.Text("macAddress", one.MacAddress)
            .Text("privateIpAddress", primary)
            .Text("privateDnsName", Names.PrivateDns(call.Cloud, primary))
            .Flag("sourceDestCheck", one.SourceDestCheck)
            .Text("interfaceType", one.InterfaceType);
        WriteAssociation(call, one.PublicIp, one.PublicIpOwner);
        body.Set("privateIpAddressesSet", one.PrivateIpAddresses.Index(), address =>
            {
                body.Text("privateIpAddress", address.Item).Text("privateDnsName", Names.PrivateDns(call.Cloud, address.Item))
                    .Flag("primary", address.Index == 0);
                WriteAssociation(call, address.Index == 0 ? one.PublicIp : null, one.PublicIpOwner);
            })
            .Set("ipv6AddressesSet", one.Ipv6Addresses, address => body.Text("ipv6Address", address).Flag("isPrimaryIpv6", false));
    }

    private static void WriteAssociation(Ec2Call call, string? publicIp, string? ipOwner)
    {
        if (publicIp is not null)
            call.Body.Structure("association", () => call.Body
                .Text("publicIp", publicIp).Text("publicDnsName", Names.PublicDns(call.Cloud, publicIp)).Text("ipOwnerId", ipOwner));
    }
}

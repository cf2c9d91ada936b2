using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>RunInstances over the wire.</summary>
internal static class RunAction
{
    /// <summary>Parameters that are read and have no effect, since the emulator keeps no state for them and mirroring needs none.</summary>
    private static readonly string[] WithoutEffect =
    [
        "BlockDeviceMapping", "KernelId", "RamdiskId", "UserData", "InstanceMarketOptions", "CreditSpecification", "CpuOptions",
        "CapacityReservationSpecification", "HibernationOptions", "MetadataOptions", "EnclaveOptions", "PrivateDnsNameOptions",
        "MaintenanceOptions", "DisableApiStop", "DisableApiTermination", "InstanceInitiatedShutdownBehavior", "IamInstanceProfile",
        "EbsOptimized", "AdditionalInfo", "LicenseSpecification", "NetworkPerformanceOptions",
    ];

    public static void Run(Ec2Call call)
    {
        var request = Read(call);
        var launched = call.Do(() => call.Ec2.RunInstances(request));
        // A repeated token answers with the instances as they are by now.
        var instances = launched.Select(instance => call.Ec2.Instances.Table.Find(instance.Id) ?? instance);
        InstanceXml.WriteReservation(call, launched[0].ReservationId, instances);
    }

    private static LaunchRequest Read(Ec2Call call)
    {
        var input = call.Input;
        var (least, most) = (input.RequiredInteger("MinCount"), input.RequiredInteger("MaxCount"));
        if (least < 1 || most < least)
        {
            throw Ec2Errors.InvalidParameterValue(
                $"Value ( {most} ) for parameter maxCount is invalid. Expecting a value equal to or greater than minCount.");
        }

        if (input.Structure("LaunchTemplate") is { } template)
            throw Ec2Errors.LaunchTemplateNotFound(template.Text("LaunchTemplateId") ?? template.Text("LaunchTemplateName"));
        foreach (var name in WithoutEffect)
            input.Ignore(name);
        return new LaunchRequest
        {
            ImageId = ImageId(input), InstanceType = input.Text("InstanceType") ?? "m1.small", Count = most,
            SubnetId = input.Text("SubnetId"), Zone = Zone(input), Ipv6AddressCount = input.Integer("Ipv6AddressCount") ?? 0,
            GroupIds = [.. input.Texts("SecurityGroupId"), .. input.Texts("SecurityGroup").Select(call.Ec2.SecurityGroups.IdOf)],
            NetworkInterfaces = [.. input.Structures("NetworkInterface").Select(Interface)],
            PrivateIpAddress = input.Text("PrivateIpAddress"), KeyName = input.Text("KeyName"), ClientToken = call.ClientToken,
            Monitoring = input.Structure("Monitoring")?.Flag("Enabled") ?? false,
            Tags = call.TagsFor("instance", "volume", "network-interface", "spot-instances-request"),
            InterfaceTags = call.TagsFor("network-interface", "volume", "instance", "spot-instances-request"),
        };
    }

    /// <summary>The zone of Placement; tenancy, groups and hosts have no effect.</summary>
    private static string? Zone(Parameters input)
    {
        var placement = input.Structure("Placement");
        var zone = placement?.Text("AvailabilityZone") ?? placement?.Text("AvailabilityZoneId");
        input.Ignore("Placement");
        return zone;
    }

    private static string ImageId(Parameters input)
    {
        var id = input.Required("ImageId");
        return id.StartsWith("ami-", StringComparison.Ordinal) || id.StartsWith("resolve:ssm:", StringComparison.Ordinal)
            ? id
            : throw Ec2Errors.ImageMalformed(id);
    }

    private static LaunchInterface Interface(Parameters from) => new()
    {
        DeviceIndex = from.Integer("DeviceIndex") ?? throw Ec2Errors.MissingParameter("NetworkInterface.DeviceIndex"),
        NetworkCardIndex = from.Integer("NetworkCardIndex") ?? 0,
        NetworkInterfaceId = from.Text("NetworkInterfaceId"), SubnetId = from.Text("SubnetId"), GroupIds = from.Texts("SecurityGroupId"),
        Description = from.Text("Description") ?? "", InterfaceType = NetworkInterfaceActions.InterfaceType(from),
        AssociatePublicIpAddress = from.Flag("AssociatePublicIpAddress"), DeleteOnTermination = from.Flag("DeleteOnTermination"),
        PrivateIpAddresses = NetworkInterfaceActions.Addresses(from),
        SecondaryPrivateIpAddressCount = from.Integer("SecondaryPrivateIpAddressCount") ?? 0,
        Ipv6AddressCount = from.Integer("Ipv6AddressCount") ?? 0,
    };
}

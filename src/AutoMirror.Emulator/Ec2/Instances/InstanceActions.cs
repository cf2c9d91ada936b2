using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>Instances over the wire.</summary>
internal static class InstanceActions
{
    /// <summary>
    /// What RunInstances takes and this emulator has no state for: it is read and has no effect. Mirroring depends on none of it.
    /// </summary>
    private static readonly string[] WithoutEffect =
    [
        "BlockDeviceMapping", "KernelId", "RamdiskId", "UserData", "InstanceMarketOptions", "CreditSpecification", "CpuOptions",
        "CapacityReservationSpecification", "HibernationOptions", "MetadataOptions", "EnclaveOptions", "PrivateDnsNameOptions",
        "MaintenanceOptions", "DisableApiStop", "DisableApiTermination", "InstanceInitiatedShutdownBehavior", "IamInstanceProfile",
        "EbsOptimized", "AdditionalInfo", "LicenseSpecification", "NetworkPerformanceOptions",
    ];

    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("RunInstances", Run);
        actions.Add("StartInstances", call => Change(call, instances => instances.Start, "AdditionalInfo"));
        actions.Add("StopInstances", call => Change(call, instances => instances.Stop, "Hibernate", "Force", "SkipOsShutdown"));
        actions.Add("TerminateInstances", call => Change(call, instances => instances.Terminate, "Force", "SkipOsShutdown"));
        actions.Add("RebootInstances", Reboot);
        actions.Add("DescribeInstances", Describe);
        actions.Add("DescribeInstanceStatus", InstanceStatus.Describe);
        actions.Add("DescribeInstanceTypes", DescribeTypes);
    }

    private static void Run(Ec2Call call)
    {
        var input = call.Input;
        var (least, most) = (input.RequiredInteger("MinCount"), input.RequiredInteger("MaxCount"));
        if (least < 1 || most < least)
        {
            throw Ec2Errors.InvalidParameterValue(
                "Value ( " + most + " ) for parameter maxCount is invalid. Expecting a value equal to or greater than minCount.");
        }

        if (input.Structure("LaunchTemplate") is { } template)
        {
            throw new AwsException(
                "InvalidLaunchTemplateId.NotFound",
                    $"The specified launch template, with template ID "
                        + $"{template.Text("LaunchTemplateId") ?? template.Text("LaunchTemplateName")}, does not exist.");
        }

        foreach (var name in WithoutEffect)
            input.Ignore(name);
        var placement = input.Structure("Placement");
        var zone = placement?.Text("AvailabilityZone") ?? placement?.Text("AvailabilityZoneId");
        // What else it says (tenancy, groups, hosts) has no effect here either.
        input.Ignore("Placement");
        var request = new LaunchRequest
        {
            ImageId = ImageId(input), InstanceType = input.Text("InstanceType") ?? "m1.small", Count = most,
            SubnetId = input.Text("SubnetId"),
            Zone = zone, Ipv6AddressCount = input.Integer("Ipv6AddressCount") ?? 0,
            GroupIds = [.. input.Texts("SecurityGroupId"), .. input.Texts("SecurityGroup").Select(call.Ec2.SecurityGroups.IdOf)],
            NetworkInterfaces = [.. input.Structures("NetworkInterface").Select(Interface)],
            PrivateIpAddress = input.Text("PrivateIpAddress"), KeyName = input.Text("KeyName"), ClientToken = call.ClientToken,
            Monitoring = input.Structure("Monitoring")?.Flag("Enabled") ?? false,
            Tags = call.TagsFor("instance", "volume", "network-interface", "spot-instances-request"),
            InterfaceTags = call.TagsFor("network-interface", "volume", "instance", "spot-instances-request"),
        };
        var launched = call.Do(() => call.Ec2.RunInstances(request));
        // A repeated token answers with the instances as they are by now.
        var instances = launched.Select(instance => call.Ec2.Instances.Table.Find(instance.Id) ?? instance);
        call.Body.Text("reservationId", launched[0].ReservationId).Text("ownerId", call.Cloud.Options.AccountId)
            .Structure("groupSet", () => { })
            .Set("instancesSet", instances, instance => InstanceXml.Write(call, instance));
    }

    private static string ImageId(Parameters input)
    {
        var id = input.Required("ImageId");
        return id.StartsWith("ami-", StringComparison.Ordinal) || id.StartsWith("resolve:ssm:", StringComparison.Ordinal)
            ? id
            : throw new AwsException("InvalidAMIID.Malformed", $"Invalid id: \"{id}\" (expecting \"ami-...\")");
    }

    private static LaunchInterface Interface(Parameters from) => new()
    {
        DeviceIndex = from.Integer("DeviceIndex") ?? throw Ec2Errors.MissingParameter("NetworkInterface.DeviceIndex"),
        NetworkInterfaceId = from.Text("NetworkInterfaceId"), SubnetId = from.Text("SubnetId"), GroupIds = from.Texts("SecurityGroupId"),
        Description = from.Text("Description") ?? "", InterfaceType = NetworkInterfaceActions.InterfaceType(from),
        AssociatePublicIpAddress = from.Flag("AssociatePublicIpAddress"), DeleteOnTermination = from.Flag("DeleteOnTermination"),
        PrivateIpAddresses = NetworkInterfaceActions.Addresses(from),
        SecondaryPrivateIpAddressCount = from.Integer("SecondaryPrivateIpAddressCount") ?? 0,
        Ipv6AddressCount = from.Integer("Ipv6AddressCount") ?? 0,
    };

    private static void Change(
        Ec2Call call, Func<InstanceLifecycle, Func<IReadOnlyList<string>, IReadOnlyList<InstanceStateChange>>> verb, params string[] flags)
    {
        var ids = Ids(call);
        foreach (var flag in flags)
            call.Input.Ignore(flag);
        var changes = call.Do(() => verb(call.Ec2.Instances)(ids));
        call.Body.Set("instancesSet", changes, change =>
        {
            call.Body.Text("instanceId", change.InstanceId);
            InstanceXml.WriteState(call, "currentState", change.Current);
            InstanceXml.WriteState(call, "previousState", change.Previous);
        });
    }

    private static void Reboot(Ec2Call call)
    {
        var ids = Ids(call);
        call.Do(() => call.Ec2.Instances.Reboot(ids));
        call.Return();
    }

    private static IReadOnlyList<string> Ids(Ec2Call call) =>
        call.Input.Texts("InstanceId") is { Count: > 0 } ids ? ids : throw Ec2Errors.MissingParameter("InstanceId");

    private static void Describe(Ec2Call call)
    {
        call.Input.Flag("IncludeManagedResources");
        var query = call.Query("InstanceId");
        var page = call.Do(() => call.Ec2.Instances.Describe(query));
        call.Body.Set("reservationSet", page.Items.GroupBy(instance => instance.ReservationId), reservation => call.Body
            .Text("reservationId", reservation.Key).Text("ownerId", call.Cloud.Options.AccountId).Structure("groupSet", () => { })
            .Set("instancesSet", reservation, instance => InstanceXml.Write(call, instance)));
        call.Body.Text("nextToken", page.NextToken);
    }

    private static void DescribeTypes(Ec2Call call)
    {
        call.Input.Flag("IncludeUnsupportedInRegion");
        var query = call.Query("InstanceType");
        var page = call.Do(() => call.Ec2.Instances.DescribeTypes(query));
        call.Body.Set("instanceTypeSet", page.Items, type => InstanceXml.Write(call, type)).Text("nextToken", page.NextToken);
    }
}

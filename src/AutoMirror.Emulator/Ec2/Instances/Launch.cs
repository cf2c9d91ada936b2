using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Tagging;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>One RunInstances: all that was asked for is made, or nothing.</summary>
internal sealed class Launch(Cloud cloud, Ec2Engine ec2, LaunchRequest request)
{
    private static readonly LaunchInterface Primary = new();

    public List<Instance> Run()
    {
        var type = InstanceTypes.Find(request.InstanceType) ?? throw Ec2Errors.InvalidInstanceType(request.InstanceType);
        var interfaces = Interfaces();
        if (interfaces.Count > type.MaximumNetworkInterfaces)
            throw Ec2Errors.AttachmentLimitExceeded(type.Name, type.MaximumNetworkInterfaces);
        var subnet = CheckedSubnets(interfaces);
        if (ec2.Networks.FreeAddresses(subnet) < request.Count * interfaces.Count && !subnet.Ipv6Native)
            throw Ec2Errors.NoFreeAddress(subnet.Id);
        var tags = TagRules.Checked(request.Tags);
        var interfaceTags = TagRules.Checked(request.InterfaceTags);
        var reservation = cloud.Seeded.Id("r");
        List<Instance> launched = [];
        try
        {
            for (var index = 0; index < request.Count; index++)
                LaunchOne(index);
        }
        catch (AwsException)
        {
            launched.ForEach(TakeBack);
            throw;
        }

        return launched;

        void LaunchOne(int index)
        {
            var instance = ec2.Instances.Table.Put(new Instance
            {
                Id = cloud.Seeded.Id("i"), ReservationId = reservation, LaunchIndex = index, ImageId = request.ImageId, Type = type,
                State = InstanceState.Pending, StateReason = ("pending", "pending"), LaunchTime = cloud.Now, Zone = subnet.Zone,
                SubnetId = subnet.Id, VpcId = subnet.VpcId, KeyName = request.KeyName, ClientToken = request.ClientToken,
                Monitoring = request.Monitoring, Tags = tags,
            });
            launched.Add(instance);
            foreach (var each in interfaces)
                Attach(instance, each, subnet, interfaceTags);
        }
    }

    /// <summary>What only shows when it is tried, such as an address in use, undoes the launch.</summary>
    private void TakeBack(Instance instance)
    {
        var existing = request.NetworkInterfaces.Select(each => each.NetworkInterfaceId).ToHashSet();
        foreach (var networkInterface in ec2.NetworkInterfaces.Of(instance.Id))
        {
            if (existing.Contains(networkInterface.Id))
                ec2.NetworkInterfaces.Table.Put(networkInterface with { Attachment = null });
            else
                ec2.NetworkInterfaces.Drop(networkInterface.Id);
        }

        ec2.Instances.Table.Remove(instance.Id);
    }

    private IReadOnlyList<LaunchInterface> Interfaces()
    {
        if (request.NetworkInterfaces.Count == 0)
        {
            return
            [
                Primary with
                {
                    SubnetId = request.SubnetId, GroupIds = request.GroupIds, PrivateIpAddress = request.PrivateIpAddress,
                    Ipv6AddressCount = request.Ipv6AddressCount,
                },
            ];
        }

        if (request.SubnetId is not null || request.GroupIds.Count > 0)
        {
            // (seen)
            throw Ec2Errors.InvalidParameterCombination(
                "Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request");
        }
        // "You cannot specify this option and the network interfaces option in the same request", of each.
        if (request.PrivateIpAddress is not null || request.Ipv6AddressCount > 0)
        {
            throw Ec2Errors.InvalidParameterCombination(
                "Network interfaces and instance-level private addresses may not be specified on the same request");
        }

        if (request.NetworkInterfaces.Select(each => each.DeviceIndex).Distinct().Count() < request.NetworkInterfaces.Count)
            throw Ec2Errors.InvalidParameterValue("Each network interface requires a device index of its own.");
        if (!request.NetworkInterfaces.Any(each => each.DeviceIndex == 0))
            throw Ec2Errors.InvalidParameterValue("A primary network interface (device index 0) is required.");
        // "You can specify an existing interface only when launching a single instance", and a public address only for one new
        // interface at index 0.
        if (request.Count > 1 && request.NetworkInterfaces.Any(each => each.NetworkInterfaceId is not null))
            throw Ec2Errors.InvalidParameterCombination("Network interface IDs can't be specified when launching more than one instance.");
        if (request.NetworkInterfaces.Any(
            each => each.AssociatePublicIpAddress == true && (each.NetworkInterfaceId is not null || each.DeviceIndex != 0)))
        {
            // (seen)
            throw Ec2Errors.InvalidParameterCombination(
                "The associatePublicIPAddress parameter can only be specified for the network interface with DeviceIndex 0.");
        }

        return request.NetworkInterfaces;
    }

    /// <summary>All interfaces lie in one zone; the primary one's subnet is the instance's.</summary>
    private Subnet CheckedSubnets(IReadOnlyList<LaunchInterface> interfaces)
    {
        var subnets = interfaces.ToDictionary(each => each.DeviceIndex, each => SubnetOf(each));
        var main = subnets[0];
        if (subnets.Values.Any(subnet => subnet.Zone != main.Zone))
            throw Ec2Errors.InvalidParameterCombination("All network interfaces must be in the same Availability Zone.");
        return main;
    }

    private Subnet SubnetOf(LaunchInterface each)
    {
        if (each.NetworkInterfaceId is { } id)
        {
            var existing = ec2.NetworkInterfaces.Get(id);
            if (existing.Attachment is not null)
                throw Ec2Errors.NetworkInterfaceInUse(id);
            return ec2.Networks.SubnetTable.Find(existing.SubnetId)!;
        }

        foreach (var group in each.GroupIds)
            _ = ec2.SecurityGroups.Get(group);
        if (each.SubnetId is { } subnet)
            return ec2.Networks.SubnetTable.Find(subnet) ?? throw Ec2Errors.SubnetNotFound(subnet);
        // "If you don't specify a subnet ID, we choose a default subnet from your default VPC for you."
        var zone = ec2.Networks.FindZone(request.Zone);
        return ec2.Networks.SubnetTable.Current.Values.Where(subnet => subnet.DefaultForAz && (zone is null || subnet.Zone == zone))
            // (seen)
            .MinBy(subnet => subnet.Zone.Name, StringComparer.Ordinal)
                ?? throw new AwsException("MissingInput", "No subnets found for the default VPC. Please specify a subnet.");
    }

    private void Attach(Instance instance, LaunchInterface each, Subnet main, IReadOnlyDictionary<string, string> tags)
    {
        if (each.NetworkInterfaceId is { } existing)
        {
            ec2.NetworkInterfaces.Hold(
                ec2.NetworkInterfaces.Get(existing), instance.Id, each.DeviceIndex, each.DeleteOnTermination ?? false, "attaching");
            return;
        }

        var subnet = each.SubnetId is { } id ? ec2.Networks.SubnetTable.Find(id)! : main;
        var made = ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest
        {
            SubnetId = subnet.Id, GroupIds = each.GroupIds, Description = each.Description, InterfaceType = each.InterfaceType, Tags = tags,
            PrivateIpAddresses = each.PrivateIpAddresses,
            SecondaryPrivateIpAddressCount = each.SecondaryPrivateIpAddressCount, Ipv6AddressCount = each.Ipv6AddressCount,
        });
        var isPublic = !subnet.Ipv6Native && each.DeviceIndex == 0 && (each.AssociatePublicIpAddress ?? subnet.MapPublicIpOnLaunch);
        ec2.NetworkInterfaces.Hold(
            made with { AutoPublicIp = isPublic }, instance.Id, each.DeviceIndex, each.DeleteOnTermination ?? true, "attaching");
        if (isPublic)
            ec2.NetworkInterfaces.SetPublic(ec2.NetworkInterfaces.Get(made.Id), true);
    }
}

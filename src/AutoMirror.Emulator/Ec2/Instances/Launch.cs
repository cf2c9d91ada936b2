using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Tagging;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>One RunInstances: it makes everything that was asked for, or nothing.</summary>
internal sealed class Launch(Cloud cloud, Ec2Engine ec2, LaunchRequest request)
{
    public List<Instance> Run()
    {
        var type = InstanceTypes.Find(request.InstanceType) ?? throw Ec2Errors.InvalidInstanceType(request.InstanceType);
        var interfaces = LaunchInterfaces.Of(request, type);
        var subnet = CheckedSubnet(interfaces);
        if (ec2.Networks.FreeAddresses(subnet) < request.Count * interfaces.Count && !subnet.Ipv6Native)
            throw Ec2Errors.NoFreeAddress(subnet.Id);
        var tags = TagRules.Checked(request.Tags, byService: request.Operator is not null);
        var interfaceTags = TagRules.Checked(request.InterfaceTags, byService: request.Operator is not null);
        var reservation = cloud.Seeded.Id("r");
        List<Instance> launched = [];
        try
        {
            for (var index = 0; index < request.Count; index++)
                LaunchNext(index);
        }
        catch (AwsException)
        {
            launched.ForEach(TakeBack);
            throw;
        }

        return launched;

        void LaunchNext(int index)
        {
            var instance = ec2.Instances.Table.Put(new Instance
            {
                Id = cloud.Seeded.Id("i"), ReservationId = reservation, LaunchIndex = index, ImageId = request.ImageId, Type = type,
                State = InstanceState.Pending, StateReason = ("pending", "pending"), LaunchTime = cloud.Now, Zone = subnet.Zone,
                SubnetId = subnet.Id, VpcId = subnet.VpcId, KeyName = request.KeyName, ClientToken = request.ClientToken,
                Monitoring = request.Monitoring, Operator = request.Operator, Tags = tags,
            });
            launched.Add(instance);
            foreach (var each in interfaces)
                Attach(instance, each, subnet, interfaceTags);
        }
    }

    /// <summary>Undoes a launch that fails half way, at what only shows when it is tried, such as an address in use.</summary>
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

    /// <summary>The subnet of the primary interface, which is the instance's. All interfaces have to lie in one zone.</summary>
    private Subnet CheckedSubnet(IReadOnlyList<LaunchInterface> interfaces)
    {
        var subnets = interfaces.Select(each => (each.IsPrimary, Subnet: SubnetOf(each))).ToList();
        var main = subnets.Single(each => each.IsPrimary).Subnet;
        return subnets.Exists(each => each.Subnet.Zone != main.Zone)
            ? throw Ec2Errors.InvalidParameterCombination("All network interfaces must be in the same Availability Zone.")
            : main;
    }

    private Subnet SubnetOf(LaunchInterface wanted)
    {
        if (wanted.NetworkInterfaceId is { } id)
        {
            var existing = ec2.NetworkInterfaces.Get(id);
            ec2.NetworkInterfaces.CheckChange(existing);
            if (existing.Attachment is not null)
                throw Ec2Errors.NetworkInterfaceInUse(id);
            return ec2.Networks.GetSubnet(existing.SubnetId);
        }

        foreach (var group in wanted.GroupIds)
            _ = ec2.SecurityGroups.GetOwn(group);
        if (wanted.SubnetId is { } subnetId)
            return ec2.Networks.GetSubnet(subnetId);
        // "If you don't specify a subnet ID, we choose a default subnet from your default VPC for you."
        var zone = ec2.Networks.FindZone(request.Zone);
        return ec2.Networks.SubnetTable.Current.Values
            .Where(subnet => subnet.DefaultForAz && (zone is null || subnet.Zone == zone))
            .MinBy(subnet => subnet.Zone.Name, StringComparer.Ordinal) ?? throw Ec2Errors.NoDefaultSubnet();
    }

    private void Attach(Instance instance, LaunchInterface wanted, Subnet main, IReadOnlyDictionary<string, string> tags)
    {
        var interfaces = ec2.NetworkInterfaces;
        if (wanted.NetworkInterfaceId is { } existing)
        {
            interfaces.Hold(interfaces.Get(existing), instance.Id, wanted.Index, wanted.DeleteOnTermination ?? false);
            return;
        }

        var subnet = wanted.SubnetId is { } id ? ec2.Networks.GetSubnet(id) : main;
        var made = interfaces.Create(new NetworkInterfaceRequest
        {
            SubnetId = subnet.Id, GroupIds = wanted.GroupIds, Description = wanted.Description, InterfaceType = wanted.InterfaceType,
            Operator = request.Operator, Tags = tags, PrivateIpAddresses = wanted.PrivateIpAddresses,
            SecondaryPrivateIpAddressCount = wanted.SecondaryPrivateIpAddressCount, Ipv6AddressCount = wanted.Ipv6AddressCount,
        });
        var isPublic = !subnet.Ipv6Native && wanted.IsPrimary && (wanted.AssociatePublicIpAddress ?? subnet.MapPublicIpOnLaunch);
        interfaces.Hold(made with { AutoPublicIp = isPublic }, instance.Id, wanted.Index, wanted.DeleteOnTermination ?? true);
        if (isPublic)
            interfaces.SetPublic(interfaces.Get(made.Id), present: true);
    }
}

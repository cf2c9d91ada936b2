using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Network interfaces and their attachments.</summary>
public sealed class NetworkInterfaces
{
    private readonly Cloud cloud;
    private readonly Ec2Engine ec2;
    private readonly Addresses addresses;
    private readonly Describing<NetworkInterface> describing;

    internal NetworkInterfaces(Cloud cloud, Ec2Engine ec2)
    {
        this.cloud = cloud;
        this.ec2 = ec2;
        addresses = new(cloud.Seeded.Addresses);
        Table = new(
            cloud, "network-interface", "eni",
            ("attachment.instance-id", one => one.Attachment is { } attachment ? [attachment.InstanceId] : []),
            ("attachment.attachment-id", one => one.Attachment is { } attachment ? [attachment.Id] : []),
            ("subnet-id", one => [one.SubnetId]), ("vpc-id", one => [one.VpcId]), ("group-id", one => one.GroupIds),
            ("private-ip-address", one => one.PrivateIpAddresses), ("mac-address", one => [one.MacAddress]));
        describing = new(Table, NetworkInterfaceFilters.For(cloud, ec2), ids => Ec2Errors.NetworkInterfaceNotFound(ids[0]))
        {
            IdFilter = "network-interface-id", IdsExcludeMaxResults = "networkInterfaceIdsSet",
        };
    }

    internal Table<NetworkInterface> Table { get; }

    /// <summary>Creates an interface that is attached to nothing.</summary>
    public NetworkInterface Create(NetworkInterfaceRequest request)
    {
        using (cloud.Enter())
        {
            var subnet = ec2.Networks.SubnetTable.Find(request.SubnetId) ?? throw Ec2Errors.SubnetNotFound(request.SubnetId);
            foreach (var group in request.GroupIds)
                if (ec2.SecurityGroups.Get(group).VpcId != subnet.VpcId)
                    throw Ec2Errors.InvalidParameterValue($"You have specified two resources that belong to different networks."); // (seen)
            var tags = TagRules.Checked(request.Tags);
            if (request.SecondaryPrivateIpAddressCount < 0 || request.Ipv6AddressCount < 0)
                throw Ec2Errors.InvalidParameterValue("The number of addresses must not be negative.");
            if (request.Ipv6AddressCount > 0 && subnet.Ipv6CidrBlock is null)
                throw Ec2Errors.NoIpv6Block(subnet.Id);
            List<string> ipv4 = subnet.Ipv6Native ? [] : TakeIpv4(subnet, request);
            var ipv6Count = Math.Max(request.Ipv6AddressCount, subnet.Ipv6Native ? 1 : 0);
            return Table.Put(new NetworkInterface
            {
                Id = cloud.Seeded.Id("eni"), SubnetId = subnet.Id, VpcId = subnet.VpcId, Zone = subnet.Zone,
                InterfaceType = request.InterfaceType, Description = request.Description, RequesterManaged = request.RequesterManaged,
                MacAddress = addresses.Mac(), PrivateIpAddresses = ipv4,
                Ipv6Addresses = [.. Enumerable.Range(0, ipv6Count).Select(_ => addresses.Ipv6(subnet))],
                GroupIds = request.GroupIds.Count > 0 ? request.GroupIds : [ec2.SecurityGroups.DefaultOf(subnet.VpcId).Id],
                Tags = tags,
            });
        }
    }

    /// <summary>All the addresses that are asked for, or none.</summary>
    private List<string> TakeIpv4(Subnet subnet, NetworkInterfaceRequest request)
    {
        List<string> taken = [];
        try
        {
            foreach (var address in request.PrivateIpAddresses)
                taken.Add(addresses.Take(subnet, address));
            var more = request.SecondaryPrivateIpAddressCount + (taken.Count == 0 ? 1 : 0);
            if (more > ec2.Networks.FreeAddresses(subnet))
                throw Ec2Errors.NoFreeAddress(subnet.Id);
            for (var i = 0; i < more; i++)
                taken.Add(addresses.TakeAny(subnet));
            return taken;
        }
        catch (AwsException)
        {
            taken.ForEach(address => addresses.Release(subnet.Id, address));
            throw;
        }
    }

    /// <summary>Attaches an interface to an instance that runs or is stopped.</summary>
    public Attachment Attach(string networkInterfaceId, string instanceId, int deviceIndex)
    {
        using (cloud.Enter())
        {
            var networkInterface = Get(networkInterfaceId);
            var instance = ec2.Instances.Get(instanceId);
            if (networkInterface.Attachment is not null)
                throw Ec2Errors.NetworkInterfaceInUse(networkInterfaceId);
            if (instance.State is not (InstanceState.Running or InstanceState.Stopped or InstanceState.Stopping))
                throw new AwsException("IncorrectState", $"Instance '{instanceId}' is not 'running' or 'stopped'.");
            if (networkInterface.Zone != instance.Zone)
                throw Ec2Errors.OtherZone(networkInterfaceId, instanceId);
            var others = Of(instanceId);
            if (others.Exists(other => other.Attachment!.DeviceIndex == deviceIndex))
                throw Ec2Errors.DeviceIndexTaken(instanceId, deviceIndex);
            if (others.Count >= instance.Type.MaximumNetworkInterfaces)
                throw Ec2Errors.AttachmentLimitExceeded(instance.Type.Name, instance.Type.MaximumNetworkInterfaces);

            var attachment = Hold(networkInterface, instanceId, deviceIndex, false, "attaching");
            cloud.In(cloud.Options.AttachingFor, () => SetStatus(networkInterfaceId, attachment.Id, "attached"));
            return attachment;
        }
    }

    /// <summary>Detaches an interface. The primary one stays with its instance.</summary>
    public NetworkInterface Detach(string attachmentId)
    {
        using (cloud.Enter())
        {
            var networkInterface = Table.Where("attachment.attachment-id", attachmentId).SingleOrDefault()
                ?? throw Ec2Errors.AttachmentNotFound(attachmentId);
            if (networkInterface.Attachment!.DeviceIndex == 0)
                throw Ec2Errors.PrimaryCannotBeDetached();
            SetStatus(networkInterface.Id, attachmentId, "detaching");
            cloud.In(cloud.Options.AttachingFor, () =>
            {
                if (Table.Find(networkInterface.Id) is { } still && still.Attachment?.Id == attachmentId)
                    Table.Put(still with { Attachment = null });
            });
            return networkInterface;
        }
    }

    /// <summary>Deletes an interface that is attached to nothing, and with it the mirror sessions of which it is the source.</summary>
    public void Delete(string networkInterfaceId)
    {
        using (cloud.Enter())
        {
            if (Get(networkInterfaceId).Attachment is not null)
                throw Ec2Errors.NetworkInterfaceCannotBeDeleted(networkInterfaceId);
            Drop(networkInterfaceId);
        }
    }

    /// <summary>Changes attributes of an interface; null leaves one as it is.</summary>
    public void Modify(string networkInterfaceId, string? description = null, IReadOnlyList<string>? groupIds = null,
        bool? sourceDestCheck = null,
        (string AttachmentId, bool DeleteOnTermination)? attachment = null)
    {
        using (cloud.Enter())
        {
            var one = Get(networkInterfaceId);
            foreach (var group in groupIds ?? [])
                _ = ec2.SecurityGroups.Get(group);
            if (attachment is { } wanted && one.Attachment?.Id != wanted.AttachmentId)
                throw Ec2Errors.AttachmentNotFound(wanted.AttachmentId);
            Table.Put(one with
            {
                Description = description ?? one.Description,
                GroupIds = groupIds ?? one.GroupIds,
                SourceDestCheck = sourceDestCheck ?? one.SourceDestCheck,
                Attachment = attachment is { } set ? one.Attachment! with { DeleteOnTermination = set.DeleteOnTermination }
                    : one.Attachment,
            });
        }
    }

    /// <summary>Describes interfaces.</summary>
    public Page<NetworkInterface> Describe(Query query)
    {
        using (cloud.Enter())
            return describing.Page(query);
    }

    internal NetworkInterface Get(string id) => Table.Find(id) ?? throw Ec2Errors.NetworkInterfaceNotFound(id);

    /// <summary>An instance's interfaces, in no promised order.</summary>
    internal List<NetworkInterface> Of(string instanceId) => Table.Where("attachment.instance-id", instanceId);

    internal int AddressesIn(string subnet) => addresses.CountIn(subnet);

    internal Attachment Hold(NetworkInterface networkInterface, string instanceId, int deviceIndex, bool deleteOnTermination, string status)
    {
        var attachment = new Attachment
        {
            Id = cloud.Seeded.Id("eni-attach"), InstanceId = instanceId, DeviceIndex = deviceIndex, AttachTime = cloud.Now,
            DeleteOnTermination = deleteOnTermination, Status = status,
        };
        Table.Put(networkInterface with { Attachment = attachment });
        return attachment;
    }

    internal void SetStatus(string id, string attachmentId, string status)
    {
        if (Table.Find(id) is { Attachment: { } attachment } one && attachment.Id == attachmentId)
            Table.Put(one with { Attachment = attachment with { Status = status } });
    }

    /// <summary>
    /// Gives or takes the public address that comes and goes with the instance ("Public IPv4 addresses": released at stop).
    /// </summary>
    internal void SetPublic(NetworkInterface one, bool present) =>
        Table.Put(one with { PublicIp = present ? one.PublicIp ?? addresses.Public() : null });

    internal void Drop(string id)
    {
        if (Table.Find(id) is not { } gone)
            return;
        foreach (var address in gone.PrivateIpAddresses)
            addresses.Release(gone.SubnetId, address);
        Table.Remove(id);
        ec2.Sessions.DropOf(id);
    }
}

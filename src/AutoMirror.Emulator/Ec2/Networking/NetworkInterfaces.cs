using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Network interfaces and their attachments.</summary>
public sealed class NetworkInterfaces
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;
    private readonly Addresses _addresses;
    private readonly Describing<NetworkInterface> _describing;

    internal NetworkInterfaces(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        _addresses = new(cloud.Seeded.Addresses);
        Table = new(
            cloud, "network-interface", "eni",
            ("attachment.instance-id", each => each.Attachment is { } attachment ? [attachment.InstanceId] : []),
            ("attachment.attachment-id", each => each.Attachment is { } attachment ? [attachment.Id] : []),
            ("subnet-id", each => [each.SubnetId]), ("vpc-id", each => [each.VpcId]), ("group-id", each => each.GroupIds),
            ("private-ip-address", each => each.PrivateIpAddresses), ("mac-address", each => [each.MacAddress]));
        _describing = new(Table, NetworkInterfaceFilters.For(cloud, ec2), ids => Ec2Errors.NetworkInterfaceNotFound(ids[0]))
        {
            IdFilter = "network-interface-id", IdsExcludeMaxResults = "networkInterfaceIdsSet",
        };
    }

    internal Table<NetworkInterface> Table { get; }

    /// <summary>Creates an interface that is attached to nothing.</summary>
    public NetworkInterface Create(NetworkInterfaceRequest request)
    {
        using (_cloud.Enter())
        {
            var subnet = _ec2.Networks.SubnetTable.Find(request.SubnetId) ?? throw Ec2Errors.SubnetNotFound(request.SubnetId);
            foreach (var group in request.GroupIds)
            {
                if (_ec2.SecurityGroups.Get(group).VpcId != subnet.VpcId)
                    throw Ec2Errors.InvalidParameterValue($"You have specified two resources that belong to different networks."); // (seen)
            }

            var tags = TagRules.Checked(request.Tags);
            if (request.SecondaryPrivateIpAddressCount < 0 || request.Ipv6AddressCount < 0)
                throw Ec2Errors.InvalidParameterValue("The number of addresses must not be negative.");
            if (request.Ipv6AddressCount > 0 && subnet.Ipv6CidrBlock is null)
                throw Ec2Errors.NoIpv6Block(subnet.Id);
            List<string> ipv4 = subnet.Ipv6Native ? [] : TakeIpv4(subnet, request);
            var ipv6Count = Math.Max(request.Ipv6AddressCount, subnet.Ipv6Native ? 1 : 0);
            return Table.Put(new NetworkInterface
            {
                Id = _cloud.Seeded.Id("eni"), SubnetId = subnet.Id, VpcId = subnet.VpcId, Zone = subnet.Zone,
                InterfaceType = request.InterfaceType, Description = request.Description, RequesterManaged = request.RequesterManaged,
                MacAddress = _addresses.Mac(), PrivateIpAddresses = ipv4,
                Ipv6Addresses = [.. Enumerable.Range(0, ipv6Count).Select(_ => _addresses.Ipv6(subnet))],
                GroupIds = request.GroupIds.Count > 0 ? request.GroupIds : [_ec2.SecurityGroups.DefaultOf(subnet.VpcId).Id],
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
                taken.Add(_addresses.Take(subnet, address));
            var more = request.SecondaryPrivateIpAddressCount + (taken.Count == 0 ? 1 : 0);
            if (more > _ec2.Networks.FreeAddresses(subnet))
                throw Ec2Errors.NoFreeAddress(subnet.Id);
            for (var i = 0; i < more; i++)
                taken.Add(_addresses.TakeAny(subnet));
            return taken;
        }
        catch (AwsException)
        {
            taken.ForEach(address => _addresses.Release(subnet.Id, address));
            throw;
        }
    }

    /// <summary>Attaches an interface to an instance that runs or is stopped.</summary>
    public Attachment Attach(string networkInterfaceId, string instanceId, int deviceIndex)
    {
        using (_cloud.Enter())
        {
            var networkInterface = Get(networkInterfaceId);
            var instance = _ec2.Instances.Get(instanceId);
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
            _cloud.In(_cloud.Options.AttachingFor, () => SetStatus(networkInterfaceId, attachment.Id, "attached"));
            return attachment;
        }
    }

    /// <summary>Detaches an interface. The primary one stays with its instance.</summary>
    public NetworkInterface Detach(string attachmentId)
    {
        using (_cloud.Enter())
        {
            var networkInterface = Table.Where("attachment.attachment-id", attachmentId).SingleOrDefault()
                ?? throw Ec2Errors.AttachmentNotFound(attachmentId);
            if (networkInterface.Attachment!.DeviceIndex == 0)
                throw Ec2Errors.PrimaryCannotBeDetached();
            SetStatus(networkInterface.Id, attachmentId, "detaching");
            _cloud.In(_cloud.Options.AttachingFor, () =>
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
        using (_cloud.Enter())
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
        using (_cloud.Enter())
        {
            var networkInterface = Get(networkInterfaceId);
            foreach (var group in groupIds ?? [])
                _ = _ec2.SecurityGroups.Get(group);
            if (attachment is { } wanted && networkInterface.Attachment?.Id != wanted.AttachmentId)
                throw Ec2Errors.AttachmentNotFound(wanted.AttachmentId);
            Table.Put(networkInterface with
            {
                Description = description ?? networkInterface.Description,
                GroupIds = groupIds ?? networkInterface.GroupIds,
                SourceDestCheck = sourceDestCheck ?? networkInterface.SourceDestCheck,
                Attachment = attachment is { } set ? networkInterface.Attachment! with { DeleteOnTermination = set.DeleteOnTermination }
                    : networkInterface.Attachment,
            });
        }
    }

    /// <summary>Describes interfaces.</summary>
    public Page<NetworkInterface> Describe(Query query)
    {
        using (_cloud.Enter())
            return _describing.Page(query);
    }

    internal NetworkInterface Get(string id) => Table.Find(id) ?? throw Ec2Errors.NetworkInterfaceNotFound(id);

    /// <summary>An instance's interfaces, in no promised order.</summary>
    internal List<NetworkInterface> Of(string instanceId) => Table.Where("attachment.instance-id", instanceId);

    internal int AddressesIn(string subnet) => _addresses.CountIn(subnet);

    internal Attachment Hold(NetworkInterface networkInterface, string instanceId, int deviceIndex, bool deleteOnTermination, string status)
    {
        var attachment = new Attachment
        {
            Id = _cloud.Seeded.Id("eni-attach"), InstanceId = instanceId, DeviceIndex = deviceIndex, AttachTime = _cloud.Now,
            DeleteOnTermination = deleteOnTermination, Status = status,
        };
        Table.Put(networkInterface with { Attachment = attachment });
        return attachment;
    }

    internal void SetStatus(string id, string attachmentId, string status)
    {
        if (Table.Find(id) is { Attachment: { } attachment } networkInterface && attachment.Id == attachmentId)
            Table.Put(networkInterface with { Attachment = attachment with { Status = status } });
    }

    /// <summary>
    /// Gives or takes the public address that comes and goes with the instance ("Public IPv4 addresses": released at stop).
    /// </summary>
    internal void SetPublic(NetworkInterface networkInterface, bool present) =>
        Table.Put(networkInterface with { PublicIp = present ? networkInterface.PublicIp ?? _addresses.Public() : null });

    internal void Drop(string id)
    {
        if (Table.Find(id) is not { } gone)
            return;
        foreach (var address in gone.PrivateIpAddresses)
            _addresses.Release(gone.SubnetId, address);
        Table.Remove(id);
        _ec2.Sessions.DropOf(id);
    }
}

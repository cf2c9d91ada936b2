using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Network interfaces and their attachments to instances.</summary>
public sealed partial class NetworkInterfaces : ResourceKind<NetworkInterface>
{
    private readonly Addresses _addresses;

    internal NetworkInterfaces(Cloud cloud, Ec2Engine ec2) : base(cloud, ec2, DescribingOf(cloud, ec2)) =>
        _addresses = new(cloud.Seeded.Addresses);

    /// <summary>Creates an interface that is attached to nothing.</summary>
    public NetworkInterface Create(NetworkInterfaceRequest request)
    {
        using (Cloud.Enter())
        {
            foreach (var group in request.GroupIds)
                _ = Ec2.SecurityGroups.GetOwn(group);
            return Make(request, Cloud.Options.AccountId);
        }
    }

    internal NetworkInterface Make(NetworkInterfaceRequest request, string ownerId)
    {
        using (Cloud.Enter())
        {
            var subnet = Ec2.Networks.GetSubnet(request.SubnetId);
            if (request.GroupIds.Any(group => Ec2.SecurityGroups.Get(group).VpcId != subnet.VpcId))
                throw Ec2Errors.InvalidParameterValue("You have specified two resources that belong to different networks."); // (seen)
            var tags = TagRules.Checked(request.Tags, byService: request.Operator is not null);
            if (request.SecondaryPrivateIpAddressCount < 0 || request.Ipv6AddressCount < 0)
                throw Ec2Errors.InvalidParameterValue("The number of addresses must not be negative.");
            if (request.Ipv6AddressCount > 0 && subnet.Ipv6CidrBlock is null)
                throw Ec2Errors.NoIpv6Block(subnet.Id);
            List<string> ipv4 = subnet.Ipv6Native ? [] : TakeIpv4(subnet, request);
            var ipv6Count = Math.Max(request.Ipv6AddressCount, subnet.Ipv6Native ? 1 : 0);
            return Table.Put(new NetworkInterface
            {
                Id = Cloud.Seeded.Id("eni"), OwnerId = ownerId, SubnetId = subnet.Id, VpcId = subnet.VpcId, Zone = subnet.Zone,
                InterfaceType = request.InterfaceType, Description = request.Description,
                MacAddress = _addresses.Mac(), PrivateIpAddresses = ipv4,
                Ipv6Addresses = [.. Enumerable.Range(0, ipv6Count).Select(_ => _addresses.Ipv6(subnet))],
                GroupIds = request.GroupIds.Count > 0 ? request.GroupIds : [Ec2.SecurityGroups.DefaultOf(subnet.VpcId).Id],
                Operator = request.Operator, Tags = tags,
            });
        }
    }

    /// <summary>Attaches an interface to an instance that runs or is stopped.</summary>
    public Attachment Attach(string networkInterfaceId, string instanceId, int deviceIndex, int networkCardIndex = 0)
    {
        using (Cloud.Enter())
        {
            var networkInterface = Get(networkInterfaceId);
            var instance = Ec2.Instances.Get(instanceId);
            ManagedResources.CheckChange(instance.Operator, instanceId);
            CheckChange(networkInterface);
            if (networkInterface.Attachment is not null)
                throw Ec2Errors.NetworkInterfaceInUse(networkInterfaceId);
            if (instance.State is not (InstanceState.Running or InstanceState.Stopped or InstanceState.Stopping))
                throw Ec2Errors.IncorrectState(instanceId);
            if (networkInterface.Zone != instance.Zone)
                throw Ec2Errors.OtherZone(networkInterfaceId, instanceId);
            if (networkCardIndex < 0 || networkCardIndex >= instance.Type.NetworkCards)
                throw Ec2Errors.NoSuchNetworkCard(instance.Type.Name, networkCardIndex, instance.Type.NetworkCards);
            var others = Of(instanceId).FindAll(other => other.Attachment!.NetworkCardIndex == networkCardIndex);
            if (others.Exists(other => other.Attachment!.DeviceIndex == deviceIndex))
                throw Ec2Errors.DeviceIndexTaken(instanceId, deviceIndex);
            if (others.Count >= instance.Type.MaximumInterfacesPerCard)
                throw Ec2Errors.AttachmentLimitExceeded(instance.Type);

            var attachment = Hold(networkInterface, instanceId, (networkCardIndex, deviceIndex), deleteOnTermination: false);
            Cloud.In(Cloud.Options.AttachingFor, () => SetStatus(networkInterfaceId, attachment.Id, "attached"));
            return attachment;
        }
    }

    /// <summary>Detaches an interface; EC2 refuses to detach an instance's primary one.</summary>
    public NetworkInterface Detach(string attachmentId)
    {
        using (Cloud.Enter())
        {
            var networkInterface = Table.Where("attachment.attachment-id", attachmentId).SingleOrDefault()
                ?? throw Ec2Errors.AttachmentNotFound(attachmentId);
            CheckChange(networkInterface);
            if (networkInterface.Attachment!.InstanceId is { } instanceId && Ec2.Instances.Table.Find(instanceId) is { } instance)
                ManagedResources.CheckChange(instance.Operator, instanceId);
            if (networkInterface.Attachment.IsPrimary)
                throw Ec2Errors.PrimaryCannotBeDetached();
            SetStatus(networkInterface.Id, attachmentId, "detaching");
            DetachLater(networkInterface.Id, attachmentId);
            return networkInterface;
        }
    }

    /// <summary>Deletes an interface that is attached to nothing, and with it the mirror sessions of which it is the source.</summary>
    public void Delete(string networkInterfaceId)
    {
        using (Cloud.Enter())
        {
            var networkInterface = Get(networkInterfaceId);
            Ec2.CheckOwner(networkInterface.OwnerId);
            ManagedResources.CheckChange(networkInterface.Operator, networkInterfaceId);
            if (networkInterface.Attachment is not null)
                throw Ec2Errors.NetworkInterfaceCannotBeDeleted(networkInterfaceId);
            Drop(networkInterfaceId);
        }
    }

    /// <summary>Changes attributes of an interface; null leaves one as it is.</summary>
    public void Modify(
        string networkInterfaceId, string? description = null, IReadOnlyList<string>? groupIds = null, bool? sourceDestCheck = null,
        (string AttachmentId, bool DeleteOnTermination)? attachment = null)
    {
        using (Cloud.Enter())
        {
            var before = Get(networkInterfaceId);
            CheckChange(before);
            foreach (var group in groupIds ?? [])
                _ = Ec2.SecurityGroups.GetOwn(group);
            if (attachment is { } wanted && before.Attachment?.Id != wanted.AttachmentId)
                throw Ec2Errors.AttachmentNotFound(wanted.AttachmentId);
            Table.Put(before with
            {
                Description = description ?? before.Description,
                GroupIds = groupIds ?? before.GroupIds,
                SourceDestCheck = sourceDestCheck ?? before.SourceDestCheck,
                Attachment = attachment is { } set
                    ? before.Attachment! with { DeleteOnTermination = set.DeleteOnTermination }
                    : before.Attachment,
            });
        }
    }

    /// <summary>
    /// Sets the MTU of an interface, in bytes; null sets what the instance type has. In AWS it is the operating system's to set ("Set the
    /// MTU for your Amazon EC2 instances"), and no API tells.
    /// </summary>
    public void SetMtu(string networkInterfaceId, int? mtu)
    {
        using (Cloud.Enter())
        {
            Ranges.Check("mtu", mtu, InterfaceHosts.LeastMtu, InterfaceHosts.JumboMtu);
            Table.Put(Get(networkInterfaceId) with { Mtu = mtu });
        }
    }

    /// <summary>An instance's interfaces as they are now, in the order of their ids.</summary>
    internal List<NetworkInterface> Of(string instanceId) => Table.Where("attachment.instance-id", instanceId);

    internal NetworkInterface? PrimaryOf(string instanceId) => Of(instanceId).Find(each => each.Attachment!.IsPrimary);

    internal int AddressesIn(string subnet) => _addresses.CountIn(subnet);

    /// <summary>Attaches an interface at once, in the status "attaching"; whether that is allowed is for the caller to check.</summary>
    internal Attachment Hold(
        NetworkInterface networkInterface, string instanceId, (int NetworkCard, int Device) index, bool deleteOnTermination)
    {
        var attachment = new Attachment
        {
            Id = Cloud.Seeded.Id("eni-attach"), InstanceId = instanceId, InstanceOwnerId = Cloud.Options.AccountId,
            DeviceIndex = index.Device, NetworkCardIndex = index.NetworkCard, AttachTime = Cloud.Now,
            DeleteOnTermination = deleteOnTermination, Status = "attaching",
        };
        Table.Put(networkInterface with { Attachment = attachment });
        return attachment;
    }

    internal void SetStatus(string id, string attachmentId, string status)
    {
        if (Table.Find(id) is { Attachment: { } attachment } found && attachment.Id == attachmentId)
            Table.Put(found with { Attachment = attachment with { Status = status } });
    }

    /// <summary>
    /// Gives or takes the public address that comes with a start and goes with a stop ("Public IPv4 addresses" in the EC2 User Guide).
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
        Ec2.Sessions.DropOf(id);
    }

    /// <summary>Whether the account may attach, detach or modify an interface.</summary>
    internal void CheckChange(NetworkInterface networkInterface)
    {
        Ec2.CheckOwner(networkInterface.OwnerId);
        ManagedResources.CheckChange(networkInterface.Operator, networkInterface.Id);
        if (networkInterface.RequesterManaged)
            throw networkInterface.Attachment is { IsEla: true } ? Ec2Errors.ElaAttachment() : Ec2Errors.AuthFailure();
    }

    /// <summary>Takes all the addresses that are asked for, or none.</summary>
    private List<string> TakeIpv4(Subnet subnet, NetworkInterfaceRequest request)
    {
        List<string> taken = [];
        try
        {
            foreach (var address in request.PrivateIpAddresses)
                taken.Add(_addresses.Take(subnet, address));
            var more = request.SecondaryPrivateIpAddressCount + (taken.Count == 0 ? 1 : 0);
            if (more > Ec2.Networks.FreeAddresses(subnet))
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

    private static Describing<NetworkInterface> DescribingOf(Cloud cloud, Ec2Engine ec2)
    {
        var table = new Table<NetworkInterface>(
            cloud, "network-interface", "eni",
            ("attachment.instance-id", each => each.Attachment?.InstanceId is { } instance ? [instance] : []),
            ("attachment.attachment-id", each => each.Attachment is { } attachment ? [attachment.Id] : []),
            ("subnet-id", each => [each.SubnetId]), ("vpc-id", each => [each.VpcId]), ("group-id", each => each.GroupIds),
            ("private-ip-address", each => each.PrivateIpAddresses), ("mac-address", each => [each.MacAddress]),
            ("ipv6-address", each => each.Ipv6Addresses), ("public-ip", each => each.PublicIp is { } address ? [address] : []));
        return new(table, NetworkInterfaceFilters.For(cloud, ec2), Ec2Errors.NetworkInterfaceNotFound)
        {
            IdsExcludeMaxResults = "networkInterfaceIdsSet", IsHidden = each => ec2.Managed.Hides(each.Operator),
        };
    }
}

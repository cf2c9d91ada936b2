using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Recordings;

/// <summary>Instances and network interfaces of a recording.</summary>
internal sealed class RecordedInstances(Cloud cloud)
{
    private const string FromAmazonsPool = "amazon";

    public NetworkInterface InterfaceOf(Entry each)
    {
        var subnet = cloud.Ec2.Networks.SubnetTable.Find(each.Required("SubnetId"));
        var zone = each.Text("AvailabilityZone") ?? subnet?.Zone.Name ?? "";
        var association = each.Structure("Association");
        return new()
        {
            Id = each.Required("NetworkInterfaceId"), SubnetId = each.Required("SubnetId"), VpcId = each.Required("VpcId"),
            OwnerId = each.Text("OwnerId") ?? cloud.Options.AccountId, Zone = ZoneOf(zone, each.Text("AvailabilityZoneId")),
            InterfaceType = each.Text("InterfaceType") ?? "interface", Description = each.Text("Description") ?? "",
            MacAddress = each.Text("MacAddress") ?? "",
            PrivateIpAddresses = [.. each.Structures("PrivateIpAddresses").OrderByDescending(address => address.Flag("Primary"))
                .Select(address => address.Required("PrivateIpAddress"))],
            Ipv6Addresses = [.. each.Structures("Ipv6Addresses").Select(address => address.Required("Ipv6Address"))],
            PublicIp = association?.Text("PublicIp"), AutoPublicIp = association?.Text("IpOwnerId") == FromAmazonsPool,
            GroupIds = [.. each.Structures("Groups").Select(group => group.Required("GroupId"))],
            SourceDestCheck = each.Flag("SourceDestCheck"), RequesterManaged = each.Flag("RequesterManaged"),
            RequesterId = each.Text("RequesterId"), Operator = OperatorOf(each),
            Attachment = each.Structure("Attachment") is { } attachment ? AttachmentOf(attachment) : null, Tags = each.Tags("TagSet"),
        };
    }

    public Instance InstanceOf(Entry each, string reservationId)
    {
        var placement = each.Structure("Placement");
        return new()
        {
            Id = each.Required("InstanceId"), ReservationId = reservationId, LaunchIndex = each.Integer("AmiLaunchIndex") ?? 0,
            ImageId = each.Text("ImageId") ?? "", Type = TypeOf(each), State = StateOf(each),
            StateReason = each.Structure("StateReason") is { } reason ? (reason.Text("Code") ?? "", reason.Text("Message") ?? "") : null,
            StateTransitionReason = each.Text("StateTransitionReason") ?? "", LaunchTime = each.Time("LaunchTime") ?? cloud.Now,
            Zone = ZoneOf(placement?.Text("AvailabilityZone") ?? "", placement?.Text("AvailabilityZoneId")),
            SubnetId = each.Text("SubnetId") ?? "", VpcId = each.Text("VpcId") ?? "", KeyName = each.Text("KeyName"),
            Operator = OperatorOf(each), ClientToken = each.Text("ClientToken"),
            Monitoring = each.Structure("Monitoring")?.Text("State") is "enabled" or "pending", Tags = each.Tags(),
        };
    }

    // A type that the emulator's list lacks is taken for a plain one of today's.
    private static InstanceType TypeOf(Entry instance)
    {
        var name = instance.Required("InstanceType");
        return InstanceTypes.Find(name) ?? new InstanceType
        {
            Id = name.Contains('.', StringComparison.Ordinal) ? name : $"{name}.", VCpus = 2, MemoryMiB = 4096, Hypervisor = "nitro",
            CurrentGeneration = true, NetworkCards = 1, MaximumNetworkInterfaces = 15, Ipv4AddressesPerInterface = 50,
            Architectures = [instance.Text("Architecture") ?? "x86_64"],
        };
    }

    private static InstanceState StateOf(Entry instance)
    {
        var name = instance.Structure("State")?.Text("Name");
        return Enum.GetValues<InstanceState>().Where(state => Instance.NameOf(state) == name).Cast<InstanceState?>().FirstOrDefault()
            ?? throw new RecordingException($"describe-instances.json: the instance {instance.Text("InstanceId")} has the state '{name}'.");
    }

    private static Attachment AttachmentOf(Entry each) => new()
    {
        Id = each.Required("AttachmentId"), InstanceId = each.Text("InstanceId"), InstanceOwnerId = each.Text("InstanceOwnerId") ?? "",
        DeviceIndex = each.Integer("DeviceIndex") ?? 0, NetworkCardIndex = each.Integer("NetworkCardIndex") ?? 0,
        AttachTime = each.Time("AttachTime") ?? DateTimeOffset.UnixEpoch, DeleteOnTermination = each.Flag("DeleteOnTermination"),
        Status = each.Text("Status") ?? "attached",
    };

    private static Operator? OperatorOf(Entry each) =>
        each.Structure("Operator") is { } manager && manager.Flag("Managed") ? new(manager.Text("Principal") ?? "") : null;

    private Zone ZoneOf(string name, string? id) =>
        cloud.Ec2.Networks.Zones.FirstOrDefault(zone => zone.Name == name) ?? new Zone(name, id ?? name);
}

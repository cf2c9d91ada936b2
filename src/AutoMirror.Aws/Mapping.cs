using System.Globalization;
using System.Net;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Aws;

/// <summary>From the SDK's objects to AutoMirror's. The SDK gives null for absent lists and values: nulls end here.</summary>
/// <exception cref="FormatException">EC2 answered something that is none of what it documents.</exception>
internal static class Mapping
{
    /// <param name="ownerId">The account of the reservation that it belongs to.</param>
    public static Instance ToInstance(Sdk.Instance instance, string? ownerId = null) => new()
    {
        Id = Id<Instance>.Parse(instance.InstanceId),
        State = ToState(instance.State?.Name?.Value),

        // Not ToString(): it would load the SDK's table of all instance types by reflection.
        InstanceType = instance.InstanceType?.Value ?? "",
        OwnerId = ownerId,
        ManagedBy = ToManager(instance.Operator),
        Tags = ToTags(instance.Tags),
        NetworkInterfaces = [
            .. (instance.NetworkInterfaces ?? []).Select(each => ToNetworkInterface(each, instance)).DistinctBy(each => each.Id)],
    };

    public static NetworkInterface ToNetworkInterface(Sdk.NetworkInterface each) => new()
    {
        Id = Id<NetworkInterface>.Parse(each.NetworkInterfaceId),
        InterfaceType = each.InterfaceType?.Value ?? NetworkInterface.SourceType,
        VpcId = ParseIfAny<Vpc>(each.VpcId),
        SubnetId = ParseIfAny<Subnet>(each.SubnetId),
        AvailabilityZone = each.AvailabilityZone,
        HasIpv4Address = !string.IsNullOrEmpty(each.PrivateIpAddress),
        Attachment = each.Attachment is { } attachment
            ? new Attachment(ParseIfAny<Instance>(attachment.InstanceId), attachment.DeviceIndex ?? 0, ToStatus(attachment.Status?.Value))
            {
                NetworkCardIndex = attachment.NetworkCardIndex ?? 0,
            }
            : null,
        OwnerId = each.OwnerId,
        RequesterId = each.RequesterManaged is true ? each.RequesterId ?? "an AWS service" : null,
        ManagedBy = ToManager(each.Operator),
        Tags = ToTags(each.TagSet),
    };

    public static TrafficMirrorSession ToSession(Sdk.TrafficMirrorSession session) => new()
    {
        Id = Id<TrafficMirrorSession>.Parse(session.TrafficMirrorSessionId),
        NetworkInterfaceId = Id<NetworkInterface>.Parse(session.NetworkInterfaceId),
        TargetId = Id<TrafficMirrorTarget>.Parse(session.TrafficMirrorTargetId),
        FilterId = Id<TrafficMirrorFilter>.Parse(session.TrafficMirrorFilterId),
        SessionNumber = SessionNumber.TryFrom(session.SessionNumber ?? 0)
            ?? throw new FormatException($"{session.TrafficMirrorSessionId} has the session number {session.SessionNumber}"),
        PacketLength = session.PacketLength is { } length ? PacketLength.TryFrom(length) : null,
        VirtualNetworkId = session.VirtualNetworkId is { } vni ? VirtualNetworkId.TryFrom(vni) : null,
        Description = string.IsNullOrEmpty(session.Description) ? null : session.Description,
        Tags = ToTags(session.Tags),
    };

    public static TrafficMirrorTarget ToTarget(Sdk.TrafficMirrorTarget target) => new(
        Id<TrafficMirrorTarget>.Parse(target.TrafficMirrorTargetId),
        target switch
        {
            { NetworkInterfaceId.Length: > 0 } =>
                new TargetDestination.CaptureInterface(Id<NetworkInterface>.Parse(target.NetworkInterfaceId)),
            { NetworkLoadBalancerArn.Length: > 0 } => new TargetDestination.NetworkLoadBalancer(target.NetworkLoadBalancerArn),
            { GatewayLoadBalancerEndpointId.Length: > 0 } =>
                new TargetDestination.GatewayLoadBalancerEndpoint(Id<VpcEndpoint>.Parse(target.GatewayLoadBalancerEndpointId)),
            _ => new TargetDestination.Unknown(),
        },
        ToTags(target.Tags))
    {
        OwnerId = target.OwnerId,
    };

    public static VpcEndpoint ToEndpoint(Sdk.VpcEndpoint endpoint) => new(
        Id<VpcEndpoint>.Parse(endpoint.VpcEndpointId), ParseIfAny<Vpc>(endpoint.VpcId),
        [.. (endpoint.NetworkInterfaceIds ?? []).Select(Id<NetworkInterface>.Parse)]);

    /// <summary>The sessions that can be understood. A foreign one of a kind that this build does not know is left out, and stops nothing
    /// else; one that claims to be AutoMirror's must be what AutoMirror makes.</summary>
    public static IEnumerable<TrafficMirrorSession> ToSessions(IEnumerable<Sdk.TrafficMirrorSession>? sessions)
    {
        foreach (var each in sessions ?? [])
        {
            TrafficMirrorSession session;
            try
            {
                session = ToSession(each);
            }
            catch (FormatException) when (
                each.TrafficMirrorSessionId is { Length: > 0 } && ToTags(each.Tags)[Ownership.ManagedByKey] is null
                && each.Description?.StartsWith("automirror/", StringComparison.Ordinal) is not true)
            {
                continue;
            }

            yield return session;
        }
    }

    /// <summary>A filter; one with a rule that this build does not know is not understood.</summary>
    public static TrafficMirrorFilter ToFilter(Sdk.TrafficMirrorFilter filter)
    {
        var id = Id<TrafficMirrorFilter>.Parse(filter.TrafficMirrorFilterId);
        try
        {
            return new(
                id,
                [.. (filter.IngressFilterRules ?? []).Concat(filter.EgressFilterRules ?? []).Select(ToRule)],
                (filter.NetworkServices ?? []).Contains("amazon-dns"));
        }
        catch (FormatException)
        {
            return new(id, [], MirrorsAmazonDns: false) { IsUnderstood = false };
        }
    }

    public static Subnet ToSubnet(Sdk.Subnet subnet) => new(Id<Subnet>.Parse(subnet.SubnetId), ToTags(subnet.Tags));

    public static Vpc ToVpc(Sdk.Vpc vpc) => new(Id<Vpc>.Parse(vpc.VpcId), ToTags(vpc.Tags));

    private static NetworkInterface ToNetworkInterface(Sdk.InstanceNetworkInterface each, Sdk.Instance instance) => new()
    {
        Id = Id<NetworkInterface>.Parse(each.NetworkInterfaceId),
        InterfaceType = each.InterfaceType ?? NetworkInterface.SourceType,
        VpcId = ParseIfAny<Vpc>(each.VpcId),
        SubnetId = ParseIfAny<Subnet>(each.SubnetId),

        // An interface is in its instance's zone: it can't be attached across zones (EC2 User Guide, "Elastic network interfaces").
        AvailabilityZone = instance.Placement?.AvailabilityZone,
        HasIpv4Address = !string.IsNullOrEmpty(each.PrivateIpAddress),
        OwnerId = each.OwnerId,
        ManagedBy = ToManager(each.Operator),
        Attachment = new Attachment(
            Id<Instance>.Parse(instance.InstanceId), each.Attachment?.DeviceIndex ?? 0, ToStatus(each.Attachment?.Status?.Value))
        {
            NetworkCardIndex = each.Attachment?.NetworkCardIndex ?? 0,
        },
    };

    private static string? ToManager(Sdk.OperatorResponse? operated) =>
        operated?.Managed is true ? operated.Principal ?? "an AWS service" : null;

    // An absent id is one thing. Text that is not an id is another: it must not pass for an interface on no instance, or in no VPC.
    private static Id<T>? ParseIfAny<T>(string? id)
        where T : IEc2Resource => string.IsNullOrEmpty(id) ? null : Id<T>.Parse(id);

    private static TrafficMirrorFilterRule ToRule(Sdk.TrafficMirrorFilterRule rule) => new(
        rule.TrafficDirection?.Value == "egress" ? TrafficDirection.Egress : TrafficDirection.Ingress,
        rule.RuleNumber ?? 0,
        rule.RuleAction?.Value == "accept",
        rule.Protocol is { } protocol and >= 0 and <= byte.MaxValue ? (byte)protocol : null,
        ToNetwork(rule.SourceCidrBlock),
        ToNetwork(rule.DestinationCidrBlock),
        ToPorts(rule.SourcePortRange),
        ToPorts(rule.DestinationPortRange));

    private static IPNetwork ToNetwork(string? cidr) =>
        IPNetwork.TryParse(cidr, out var network)
            ? network
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{cidr}' is not a CIDR block"));

    private static PortRange? ToPorts(Sdk.TrafficMirrorPortRange? range) =>
        range is { FromPort: { } from and >= 0 and <= ushort.MaxValue, ToPort: { } to and >= 0 and <= ushort.MaxValue }
            ? new PortRange((ushort)from, (ushort)to)
            : null;

    private static Tags ToTags(List<Sdk.Tag>? tags) =>
        tags is { Count: > 0 } ? new Tags(tags.Select(tag => KeyValuePair.Create(tag.Key ?? "", tag.Value ?? ""))) : Tags.None;

    private static InstanceState ToState(string? word) =>
        Ec2Words.InstanceStates.Find(word) ?? throw new FormatException($"'{word}' is not an instance state");

    private static AttachmentStatus ToStatus(string? word) => Ec2Words.AttachmentStatuses.Find(word) ?? AttachmentStatus.Attached;
}

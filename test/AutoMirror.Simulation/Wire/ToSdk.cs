using Emulated = AutoMirror.Emulator.Ec2;
using Engine = AutoMirror.Emulator;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Simulation.Wire;

/// <summary>The state engine's records as the SDK shows them.</summary>
internal static class ToSdk
{
    public static Sdk.Instance Instance(Emulated.Instances.Instance one, IEnumerable<Emulated.Networking.NetworkInterface> interfaces) => new()
    {
        InstanceId = one.Id,
        State = new Sdk.InstanceState { Code = (int)one.State, Name = one.StateName },
        InstanceType = one.Type.Name,
        Placement = new Sdk.Placement { AvailabilityZone = one.Zone.Name },
        Tags = Tags(one),
        NetworkInterfaces =
        [
            .. interfaces.Select(each => new Sdk.InstanceNetworkInterface
            {
                NetworkInterfaceId = each.Id,
                InterfaceType = each.InterfaceType,
                VpcId = each.VpcId,
                SubnetId = each.SubnetId,
                PrivateIpAddress = each.PrivateIpAddress,
                Attachment = new Sdk.InstanceNetworkInterfaceAttachment { DeviceIndex = each.Attachment!.DeviceIndex, Status = each.Attachment.Status },
            }),
        ],
    };

    public static Sdk.NetworkInterface NetworkInterface(Emulated.Networking.NetworkInterface one) => new()
    {
        NetworkInterfaceId = one.Id,
        InterfaceType = one.InterfaceType,
        VpcId = one.VpcId,
        SubnetId = one.SubnetId,
        AvailabilityZone = one.Zone.Name,
        PrivateIpAddress = one.PrivateIpAddress,
        Attachment = one.Attachment is { } attachment
            ? new Sdk.NetworkInterfaceAttachment { InstanceId = attachment.InstanceId, DeviceIndex = attachment.DeviceIndex, Status = attachment.Status }
            : null,
        TagSet = Tags(one),
    };

    public static Sdk.TrafficMirrorSession Session(Emulated.Mirroring.TrafficMirrorSession one) => new()
    {
        TrafficMirrorSessionId = one.Id,
        NetworkInterfaceId = one.NetworkInterfaceId,
        TrafficMirrorTargetId = one.TargetId,
        TrafficMirrorFilterId = one.FilterId,
        SessionNumber = one.SessionNumber,
        VirtualNetworkId = one.VirtualNetworkId,
        PacketLength = one.PacketLength,
        Description = one.Description,
        Tags = Tags(one),
    };

    public static Sdk.TrafficMirrorTarget Target(Emulated.Mirroring.TrafficMirrorTarget one) => new()
    {
        TrafficMirrorTargetId = one.Id,
        NetworkInterfaceId = one.NetworkInterfaceId,
        NetworkLoadBalancerArn = one.NetworkLoadBalancerArn,
        Tags = Tags(one),
    };

    public static Sdk.TrafficMirrorFilter Filter(Emulated.Mirroring.TrafficMirrorFilter one, IEnumerable<Emulated.Mirroring.TrafficMirrorFilterRule> ingress, IEnumerable<Emulated.Mirroring.TrafficMirrorFilterRule> egress) => new()
    {
        TrafficMirrorFilterId = one.Id,
        IngressFilterRules = [.. ingress.Select(Rule)],
        EgressFilterRules = [.. egress.Select(Rule)],
    };

    public static Sdk.Subnet Subnet(Emulated.Networking.Subnet one) => new() { SubnetId = one.Id, Tags = Tags(one) };

    public static Sdk.Vpc Vpc(Emulated.Networking.Vpc one) => new() { VpcId = one.Id, Tags = Tags(one) };

    private static Sdk.TrafficMirrorFilterRule Rule(Emulated.Mirroring.TrafficMirrorFilterRule one) => new()
    {
        TrafficDirection = one.Direction,
        RuleNumber = one.RuleNumber,
        RuleAction = one.Action,
        Protocol = one.Protocol,
        SourceCidrBlock = one.SourceCidrBlock,
        DestinationCidrBlock = one.DestinationCidrBlock,
    };

    private static List<Sdk.Tag>? Tags(Engine.State.Resource one) => one.Tags.Count == 0 ? null : [.. one.Tags.Select(tag => new Sdk.Tag(tag.Key, tag.Value))];
}

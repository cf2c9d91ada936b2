using Emulated = AutoMirror.Emulator.Ec2;
using Engine = AutoMirror.Emulator;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Simulation.Wire;

/// <summary>The state engine's records as the SDK shows them.</summary>
internal static class ToSdk
{
    public static Sdk.Instance Instance(
        Emulated.Instances.Instance resource, IEnumerable<Emulated.Networking.NetworkInterface> interfaces) => new()
        {
            InstanceId = resource.Id,
            State = new Sdk.InstanceState { Code = (int)resource.State, Name = resource.StateName },
            InstanceType = resource.Type.Name,
            Placement = new Sdk.Placement { AvailabilityZone = resource.Zone.Name },
            Tags = Tags(resource),
            NetworkInterfaces =
        [
            .. interfaces.Select(each => new Sdk.InstanceNetworkInterface
            {
                NetworkInterfaceId = each.Id,
                InterfaceType = each.InterfaceType,
                VpcId = each.VpcId,
                SubnetId = each.SubnetId,
                OwnerId = each.OwnerId,
                PrivateIpAddress = each.PrivateIpAddress,
                Attachment =
                    new Sdk.InstanceNetworkInterfaceAttachment
                    {
                        DeviceIndex = each.Attachment!.DeviceIndex,
                        NetworkCardIndex = each.Attachment.NetworkCardIndex,
                        Status = each.Attachment.Status,
                    },
            }),
        ],
        };

    public static Sdk.NetworkInterface NetworkInterface(Emulated.Networking.NetworkInterface resource) => new()
    {
        NetworkInterfaceId = resource.Id,
        InterfaceType = resource.InterfaceType,
        VpcId = resource.VpcId,
        SubnetId = resource.SubnetId,
        AvailabilityZone = resource.Zone.Name,
        PrivateIpAddress = resource.PrivateIpAddress,
        OwnerId = resource.OwnerId,
        Attachment = resource.Attachment is { } attachment
            ? new Sdk.NetworkInterfaceAttachment
            {
                InstanceId = attachment.InstanceId,
                DeviceIndex = attachment.DeviceIndex,
                NetworkCardIndex = attachment.NetworkCardIndex,
                Status = attachment.Status,
            }
            : null,
        TagSet = Tags(resource),
    };

    public static Sdk.TrafficMirrorSession Session(Emulated.Mirroring.TrafficMirrorSession resource) => new()
    {
        TrafficMirrorSessionId = resource.Id,
        NetworkInterfaceId = resource.NetworkInterfaceId,
        TrafficMirrorTargetId = resource.TargetId,
        TrafficMirrorFilterId = resource.FilterId,
        SessionNumber = resource.SessionNumber,
        VirtualNetworkId = resource.VirtualNetworkId,
        PacketLength = resource.PacketLength,
        Description = resource.Description,
        Tags = Tags(resource),
    };

    public static Sdk.TrafficMirrorTarget Target(Emulated.Mirroring.TrafficMirrorTarget resource, string ownerId) => new()
    {
        TrafficMirrorTargetId = resource.Id,
        NetworkInterfaceId = resource.NetworkInterfaceId,
        NetworkLoadBalancerArn = resource.NetworkLoadBalancerArn,
        OwnerId = ownerId,
        Tags = Tags(resource),
    };

    public static Sdk.TrafficMirrorFilter Filter(
        Emulated.Mirroring.TrafficMirrorFilter resource, IEnumerable<Emulated.Mirroring.TrafficMirrorFilterRule> ingress,
        IEnumerable<Emulated.Mirroring.TrafficMirrorFilterRule> egress) => new()
        {
            TrafficMirrorFilterId = resource.Id,
            IngressFilterRules = [.. ingress.Select(Rule)],
            EgressFilterRules = [.. egress.Select(Rule)],
        };

    public static Sdk.Subnet Subnet(Emulated.Networking.Subnet resource) => new() { SubnetId = resource.Id, Tags = Tags(resource) };

    public static Sdk.Vpc Vpc(Emulated.Networking.Vpc resource) => new() { VpcId = resource.Id, Tags = Tags(resource) };

    private static Sdk.TrafficMirrorFilterRule Rule(Emulated.Mirroring.TrafficMirrorFilterRule resource) => new()
    {
        TrafficDirection = resource.Direction,
        RuleNumber = resource.RuleNumber,
        RuleAction = resource.Action,
        Protocol = resource.Protocol,
        SourceCidrBlock = resource.SourceCidrBlock,
        DestinationCidrBlock = resource.DestinationCidrBlock,
    };

    private static List<Sdk.Tag>? Tags(Engine.State.Resource resource) =>
        resource.Tags.Count == 0 ? null : [.. resource.Tags.Select(tag => new Sdk.Tag(tag.Key, tag.Value))];
}

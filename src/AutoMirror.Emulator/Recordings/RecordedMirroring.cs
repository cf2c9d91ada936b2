using AutoMirror.Emulator.Ec2.Mirroring;

namespace AutoMirror.Emulator.Recordings;

/// <summary>Mirror filters, targets and sessions of a recording.</summary>
internal static class RecordedMirroring
{
    public static TrafficMirrorFilter FilterOf(Entry filter) => new()
    {
        Id = filter.Required("TrafficMirrorFilterId"), Description = filter.Text("Description"),
        NetworkServices = filter.Texts("NetworkServices"), Tags = filter.Tags(),
    };

    public static TrafficMirrorFilterRule RuleOf(Entry rule, string filterId) => new()
    {
        Id = rule.Required("TrafficMirrorFilterRuleId"), FilterId = filterId, Direction = rule.Required("TrafficDirection"),
        RuleNumber = rule.RequiredInteger("RuleNumber"), Action = rule.Required("RuleAction"), Protocol = rule.Integer("Protocol"),
        SourceCidrBlock = rule.Required("SourceCidrBlock"), DestinationCidrBlock = rule.Required("DestinationCidrBlock"),
        SourcePorts = PortsOf(rule.Structure("SourcePortRange")), DestinationPorts = PortsOf(rule.Structure("DestinationPortRange")),
        Description = rule.Text("Description"), Tags = rule.Tags(),
    };

    public static TrafficMirrorTarget TargetOf(Entry target) => new()
    {
        Id = target.Required("TrafficMirrorTargetId"), NetworkInterfaceId = target.Text("NetworkInterfaceId"),
        NetworkLoadBalancerArn = target.Text("NetworkLoadBalancerArn"),
        GatewayLoadBalancerEndpointId = target.Text("GatewayLoadBalancerEndpointId"), Description = target.Text("Description"),
        OwnerId = target.Text("OwnerId"), Tags = target.Tags(),
    };

    public static TrafficMirrorSession SessionOf(Entry session) => new()
    {
        Id = session.Required("TrafficMirrorSessionId"), NetworkInterfaceId = session.Required("NetworkInterfaceId"),
        TargetId = session.Required("TrafficMirrorTargetId"), FilterId = session.Required("TrafficMirrorFilterId"),
        SessionNumber = session.RequiredInteger("SessionNumber"), VirtualNetworkId = session.RequiredInteger("VirtualNetworkId"),
        PacketLength = session.Integer("PacketLength"), Description = session.Text("Description"), Tags = session.Tags(),
    };

    private static PortRange? PortsOf(Entry? range) => range is { } ports ? new(ports.Integer("FromPort"), ports.Integer("ToPort")) : null;
}

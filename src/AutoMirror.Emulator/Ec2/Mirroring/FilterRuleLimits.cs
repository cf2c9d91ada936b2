using System.Net;
using System.Net.Sockets;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>What a rule of a traffic mirror filter may be by itself (API reference, CreateTrafficMirrorFilterRule).</summary>
internal static class FilterRuleLimits
{
    private const int HighestRuleNumber = 32766;
    private const int HighestProtocol = 255;
    private const int HighestPort = 65535;

    public static void Check(TrafficMirrorFilterRule rule)
    {
        Ranges.CheckOneOf("TrafficDirection", rule.Direction, "ingress", "egress");
        Ranges.CheckOneOf("RuleAction", rule.Action, "accept", "reject");
        Ranges.Check("RuleNumber", rule.RuleNumber, 1, HighestRuleNumber);
        Ranges.Check("Protocol", rule.Protocol, 0, HighestProtocol);
        foreach (var ports in new[] { rule.SourcePorts, rule.DestinationPorts }.OfType<PortRange>())
        {
            Ranges.Check("FromPort", ports.From, 0, HighestPort);
            Ranges.Check("ToPort", ports.To, 0, HighestPort);
            if (ports.From > ports.To)
                throw Ec2Errors.InvalidParameterValue($"Invalid port range: {ports.From}-{ports.To}");
        }

        if (FamilyOf("SourceCidrBlock", rule.SourceCidrBlock) != FamilyOf("DestinationCidrBlock", rule.DestinationCidrBlock))
            throw Ec2Errors.InvalidParameterValue("DestinationCidrBlock and SourceCidrBlock must both be an IPv4 range or an IPv6 range.");
    }

    /// <summary>The rule with a field set back to its default, by the field's name in RemoveField.</summary>
    public static TrafficMirrorFilterRule Without(TrafficMirrorFilterRule rule, string field) => field switch
    {
        "destination-port-range" => rule with { DestinationPorts = null },
        "source-port-range" => rule with { SourcePorts = null },
        "protocol" => rule with { Protocol = null },
        "description" => rule with { Description = null },
        _ => throw Ec2Errors.NotOneOf("RemoveField", field, ["destination-port-range", "source-port-range", "protocol", "description"]),
    };

    private static AddressFamily FamilyOf(string name, string block) => IPNetwork.TryParse(block, out var range)
        ? range.BaseAddress.AddressFamily
        : throw Ec2Errors.InvalidParameterValue($"Value ({block}) for parameter {name} is invalid. This is not a valid CIDR block.");
}

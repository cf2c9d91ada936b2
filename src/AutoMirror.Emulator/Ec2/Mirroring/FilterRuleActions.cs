using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>The rules of traffic mirror filters over the wire.</summary>
internal static class FilterRuleActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateTrafficMirrorFilterRule", Create);
        actions.Add("ModifyTrafficMirrorFilterRule", Modify);
        actions.Add("DeleteTrafficMirrorFilterRule", call =>
            call.Body.Text("trafficMirrorFilterRuleId", call.DoTo("TrafficMirrorFilterRuleId", call.Ec2.Filters.DeleteRule)));
        actions.Add("DescribeTrafficMirrorFilterRules", Describe);
    }

    public static void Write(Ec2Call call, TrafficMirrorFilterRule rule) => WriteUntagged(call, rule).Tags(rule);

    private static void Create(Ec2Call call)
    {
        var input = call.Input;
        var (filter, direction) = (input.Required("TrafficMirrorFilterId"), input.Required("TrafficDirection"));
        var (number, action) = (input.RequiredInteger("RuleNumber"), input.Required("RuleAction"));
        var (source, destination) = (input.Required("SourceCidrBlock"), input.Required("DestinationCidrBlock"));
        var (sourcePorts, destinationPorts) = (Ports(input, "SourcePortRange"), Ports(input, "DestinationPortRange"));
        var (protocol, description) = (input.Integer("Protocol"), input.Text("Description"));
        var tags = call.TagsFor("traffic-mirror-filter-rule");
        var rule = call.Do(() => call.Ec2.Filters.CreateRule(
            filter, direction, number, action, source, destination, protocol, sourcePorts, destinationPorts, description, tags));
        call.Body.Structure("trafficMirrorFilterRule", () => Write(call, rule)).Text("clientToken", call.ClientToken);
    }

    private static void Modify(Ec2Call call)
    {
        var input = call.Input;
        var id = input.Required("TrafficMirrorFilterRuleId");
        var remove = input.Texts("RemoveField");
        var (direction, number, action) = (input.Text("TrafficDirection"), input.Integer("RuleNumber"), input.Text("RuleAction"));
        var (source, destination) = (input.Text("SourceCidrBlock"), input.Text("DestinationCidrBlock"));
        var (sourcePorts, destinationPorts) = (Ports(input, "SourcePortRange"), Ports(input, "DestinationPortRange"));
        var (protocol, description) = (input.Integer("Protocol"), input.Text("Description"));
        var changed = call.Do(() => call.Ec2.Filters.ModifyRule(id, rule => rule with
        {
            Direction = direction ?? rule.Direction,
            RuleNumber = number ?? rule.RuleNumber,
            Action = action ?? rule.Action,
            Protocol = protocol ?? rule.Protocol,
            SourceCidrBlock = source ?? rule.SourceCidrBlock,
            DestinationCidrBlock = destination ?? rule.DestinationCidrBlock,
            SourcePorts = sourcePorts ?? rule.SourcePorts,
            DestinationPorts = destinationPorts ?? rule.DestinationPorts,
            Description = description ?? rule.Description,
        }, remove));
        // "Tags are not returned for ModifyTrafficMirrorFilterRule."
        call.Body.Structure("trafficMirrorFilterRule", () => WriteUntagged(call, changed));
    }

    private static void Describe(Ec2Call call)
    {
        var query = call.Query("TrafficMirrorFilterRuleId");
        if (call.Input.Text("TrafficMirrorFilterId") is { } filter)
            query = query with { Filters = [.. query.Filters, new("traffic-mirror-filter-id", filter)] };
        call.Describe(query, "trafficMirrorFilterRuleSet", call.Ec2.Filters.DescribeRules, rule => Write(call, rule));
    }

    private static PortRange? Ports(Parameters input, string name) =>
        input.Structure(name) is { } range ? new(range.Integer("FromPort"), range.Integer("ToPort")) : null;

    private static XmlBody WriteUntagged(Ec2Call call, TrafficMirrorFilterRule rule)
    {
        call.Body
            .Text("trafficMirrorFilterRuleId", rule.Id)
            .Text("trafficMirrorFilterId", rule.FilterId)
            .Text("trafficDirection", rule.Direction)
            .Integer("ruleNumber", rule.RuleNumber)
            .Text("ruleAction", rule.Action)
            .Integer("protocol", rule.Protocol);
        WritePorts("destinationPortRange", rule.DestinationPorts);
        WritePorts("sourcePortRange", rule.SourcePorts);
        return call.Body
            .Text("destinationCidrBlock", rule.DestinationCidrBlock)
            .Text("sourceCidrBlock", rule.SourceCidrBlock)
            .Text("description", rule.Description);

        void WritePorts(string name, PortRange? ports)
        {
            if (ports is not null)
                call.Body.Structure(name, () => call.Body.Integer("fromPort", ports.From).Integer("toPort", ports.To));
        }
    }
}

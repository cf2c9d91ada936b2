using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror filters and their rules over the wire.</summary>
internal static class MirrorFilterActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateTrafficMirrorFilter", Create);
        actions.Add("DeleteTrafficMirrorFilter", Delete);
        actions.Add("DescribeTrafficMirrorFilters", Describe);
        actions.Add("ModifyTrafficMirrorFilterNetworkServices", ModifyNetworkServices);
        actions.Add("CreateTrafficMirrorFilterRule", CreateRule);
        actions.Add("ModifyTrafficMirrorFilterRule", ModifyRule);
        actions.Add("DeleteTrafficMirrorFilterRule", DeleteRule);
        actions.Add("DescribeTrafficMirrorFilterRules", DescribeRules);
    }

    private static void Create(Ec2Call call)
    {
        var description = call.Input.Text("Description");
        var tags = call.TagsFor("traffic-mirror-filter");
        var filter = call.Do(() => call.Ec2.Filters.Create(description, tags));
        call.Body.Structure("trafficMirrorFilter", () => Write(call, filter)).Text("clientToken", call.ClientToken);
    }

    private static void Delete(Ec2Call call)
    {
        var id = call.Input.Required("TrafficMirrorFilterId");
        call.Do(() => call.Ec2.Filters.Delete(id));
        call.Body.Text("trafficMirrorFilterId", id);
    }

    private static void Describe(Ec2Call call)
    {
        var query = call.Query("TrafficMirrorFilterId");
        var page = call.Do(() => call.Ec2.Filters.Describe(query));
        call.Body.Set("trafficMirrorFilterSet", page.Items, filter => Write(call, filter)).Text("nextToken", page.NextToken);
    }

    private static void ModifyNetworkServices(Ec2Call call)
    {
        var id = call.Input.Required("TrafficMirrorFilterId");
        var (add, remove) = (call.Input.Texts("AddNetworkService"), call.Input.Texts("RemoveNetworkService"));
        var filter = call.Do(() => call.Ec2.Filters.ModifyNetworkServices(id, add, remove));
        call.Body.Structure("trafficMirrorFilter", () => Write(call, filter));
    }

    private static void CreateRule(Ec2Call call)
    {
        var input = call.Input;
        var (filter, direction) = (input.Required("TrafficMirrorFilterId"), input.Required("TrafficDirection"));
        var (number, action) = (input.RequiredInteger("RuleNumber"), input.Required("RuleAction"));
        var (source, destination) = (input.Required("SourceCidrBlock"), input.Required("DestinationCidrBlock"));
        var (sourcePorts, destinationPorts) = (Ports(input, "SourcePortRange"), Ports(input, "DestinationPortRange"));
        var (protocol, description, tags) = (
            input.Integer("Protocol"), input.Text("Description"), call.TagsFor("traffic-mirror-filter-rule"));
        var rule = call.Do(() =>
            call.Ec2.Filters.CreateRule(
                filter, direction, number, action, source, destination, protocol, sourcePorts, destinationPorts, description, tags));
        call.Body.Structure("trafficMirrorFilterRule", () => Write(call, rule).Tags(rule)).Text("clientToken", call.ClientToken);
    }

    private static void ModifyRule(Ec2Call call)
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
        call.Body.Structure("trafficMirrorFilterRule", () => Write(call, changed));
    }

    private static void DeleteRule(Ec2Call call)
    {
        var id = call.Input.Required("TrafficMirrorFilterRuleId");
        call.Do(() => call.Ec2.Filters.DeleteRule(id));
        call.Body.Text("trafficMirrorFilterRuleId", id);
    }

    private static void DescribeRules(Ec2Call call)
    {
        var query = call.Query("TrafficMirrorFilterRuleId");
        if (call.Input.Text("TrafficMirrorFilterId") is { } filter)
            query = query with { Filters = [.. query.Filters, new Filter("traffic-mirror-filter-id", filter)] };
        var page = call.Do(() => call.Ec2.Filters.DescribeRules(query));
        call.Body.Set("trafficMirrorFilterRuleSet", page.Items, rule => Write(call, rule).Tags(rule)).Text("nextToken", page.NextToken);
    }

    private static PortRange? Ports(Parameters input, string name) =>
        input.Structure(name) is { } range ? new(range.Integer("FromPort"), range.Integer("ToPort")) : null;

    private static void Write(Ec2Call call, TrafficMirrorFilter filter) => call.Body
        .Text("trafficMirrorFilterId", filter.Id)
        .Set("ingressFilterRuleSet", call.Ec2.Filters.RulesOf(filter.Id, "ingress"), rule => Write(call, rule).Tags(rule))
        .Set("egressFilterRuleSet", call.Ec2.Filters.RulesOf(filter.Id, "egress"), rule => Write(call, rule).Tags(rule))
        .Set("networkServiceSet", filter.NetworkServices)
        .Text("description", filter.Description)
        .Tags(filter);

    private static XmlBody Write(Ec2Call call, TrafficMirrorFilterRule rule)
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

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror filters over the wire.</summary>
internal static class MirrorFilterActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateTrafficMirrorFilter", Create);
        actions.Add("ModifyTrafficMirrorFilterNetworkServices", ModifyNetworkServices);
        actions.Add("DeleteTrafficMirrorFilter", call =>
            call.Body.Text("trafficMirrorFilterId", call.DoTo("TrafficMirrorFilterId", call.Ec2.Filters.Delete)));
        actions.Add("DescribeTrafficMirrorFilters", call =>
            call.Describe("TrafficMirrorFilterId", "trafficMirrorFilterSet", call.Ec2.Filters.Describe, each => Write(call, each)));
    }

    private static void Create(Ec2Call call)
    {
        var description = call.Input.Text("Description");
        var tags = call.TagsFor("traffic-mirror-filter");
        var filter = call.Do(() => call.Ec2.Filters.Create(description, tags));
        call.Body.Structure("trafficMirrorFilter", () => Write(call, filter)).Text("clientToken", call.ClientToken);
    }

    private static void ModifyNetworkServices(Ec2Call call)
    {
        var id = call.Input.Required("TrafficMirrorFilterId");
        var (add, remove) = (call.Input.Texts("AddNetworkService"), call.Input.Texts("RemoveNetworkService"));
        var filter = call.Do(() => call.Ec2.Filters.ModifyNetworkServices(id, add, remove));
        call.Body.Structure("trafficMirrorFilter", () => Write(call, filter));
    }

    private static void Write(Ec2Call call, TrafficMirrorFilter filter) => call.Body
        .Text("trafficMirrorFilterId", filter.Id)
        .Set("ingressFilterRuleSet", call.Ec2.Filters.RulesOf(filter.Id, "ingress"), rule => FilterRuleActions.Write(call, rule))
        .Set("egressFilterRuleSet", call.Ec2.Filters.RulesOf(filter.Id, "egress"), rule => FilterRuleActions.Write(call, rule))
        .Set("networkServiceSet", filter.NetworkServices)
        .Text("description", filter.Description)
        .Tags(filter);
}

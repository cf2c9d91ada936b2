using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2;

/// <summary>DescribeInstanceStatus. "By default, only running instances are described, unless you specifically indicate to return all."</summary>
internal static class InstanceStatus
{
    private static readonly string[] own =
    [
        "availability-zone", "availability-zone-id", "instance-state-code", "instance-state-name",
    ];

    public static void Describe(Ec2Call call)
    {
        call.Input.Flag("IncludeManagedResources");
        var all = call.Input.Flag("IncludeAllInstances") ?? false;
        var query = call.Query("InstanceId");
        foreach (var filter in query.Filters)
            if (!own.Contains(filter.Name) && !filter.Name.Contains("status", StringComparison.Ordinal) && !filter.Name.StartsWith("tag", StringComparison.Ordinal))
                throw Ec2Errors.InvalidFilter(filter.Name);
        // The health filters are this action's own; everything that runs here is healthy.
        var unhealthy = query.Filters.Any(filter => filter.Name.EndsWith(".status", StringComparison.Ordinal)
            && !filter.Values.Any(value => Wildcard.Matches(value, "ok")));
        List<Filter> filters = [.. query.Filters.Where(filter => !filter.Name.Contains("status", StringComparison.Ordinal))];
        if (!all)
            filters.Add(new("instance-state-name", "running"));
        var page = call.Do(() => call.Ec2.Instances.Describe(query with { Filters = filters }));
        call.Body.Set("instanceStatusSet", unhealthy ? [] : page.Items, instance => Write(call, instance)).Text("nextToken", page.NextToken);
    }

    private static void Write(Ec2Call call, Instance instance)
    {
        var health = instance.State == InstanceState.Running ? "ok" : "not-applicable";
        call.Body.Text("instanceId", instance.Id).Text("availabilityZone", instance.Zone.Name).Text("availabilityZoneId", instance.Zone.Id);
        InstanceXml.WriteState(call, "instanceState", instance.State);
        foreach (var name in new[] { "systemStatus", "instanceStatus" })
            call.Body.Structure(name, () =>
            {
                call.Body.Text("status", health);
                if (health == "ok")
                    call.Body.Set("details", ["reachability"], detail => call.Body.Text("name", detail).Text("status", "passed"));
            });
    }
}

using AutoMirror.Emulator.Ec2.Managed;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>
/// DescribeInstanceStatus. "By default, only running instances are described, unless you specifically indicate to return all". An
/// instance that runs is healthy at once here.
/// </summary>
internal static class InstanceStatus
{
    public static FilterCatalogue<Instance> Filters { get; } = new FilterCatalogue<Instance>(TagFilters.None)
        .With("availability-zone", instance => instance.Zone.Name)
        .With("availability-zone-id", instance => instance.Zone.Id)
        .With("instance-state-code", instance => (int)instance.State)
        .With("instance-state-name", instance => instance.StateName)
        .With("instance-status.status", StatusOf)
        .With("instance-status.reachability", ReachabilityOf)
        .With("system-status.status", StatusOf)
        .With("system-status.reachability", ReachabilityOf)
        .With("operator.managed", instance => instance.Operator is not null)
        .With("operator.principal", instance => instance.Operator?.Principal)
        .WithNothingFor(
            "attached-ebs-status.status", "event.code", "event.description", "event.instance-event-id", "event.not-after",
            "event.not-before", "event.not-before-deadline");

    public static void Describe(Ec2Call call)
    {
        var all = call.Input.Flag("IncludeAllInstances") ?? false;
        var query = call.QueryWithManaged("InstanceId");
        if (!all)
            query = query with { Filters = [.. query.Filters, new("instance-state-name", "running")] };
        call.Describe(query, "instanceStatusSet", call.Ec2.Instances.DescribeStatus, instance => Write(call, instance));
    }

    private static bool IsHealthy(Instance instance) => instance.State == InstanceState.Running;

    private static string StatusOf(Instance instance) => IsHealthy(instance) ? "ok" : "not-applicable";

    private static string? ReachabilityOf(Instance instance) => IsHealthy(instance) ? "passed" : null;

    private static void Write(Ec2Call call, Instance instance)
    {
        call.Body.Text("instanceId", instance.Id).Text("availabilityZone", instance.Zone.Name).Text("availabilityZoneId", instance.Zone.Id);
        ManagedResourceActions.WriteOperator(call, instance.Operator);
        InstanceXml.WriteState(call, "instanceState", instance.State);
        foreach (var name in new[] { "systemStatus", "instanceStatus" })
        {
            call.Body.Structure(name, () =>
            {
                call.Body.Text("status", StatusOf(instance));
                if (IsHealthy(instance))
                    call.Body.Set("details", ["reachability"], detail => call.Body.Text("name", detail).Text("status", "passed"));
            });
        }
    }
}

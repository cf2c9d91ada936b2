namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The actions on instances over the wire, but for RunInstances.</summary>
internal static class InstanceActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("RunInstances", RunAction.Run);
        actions.Add("StartInstances", call => Change(call, call.Ec2.Instances.Start, "AdditionalInfo"));
        actions.Add("StopInstances", call => Change(call, call.Ec2.Instances.Stop, "Hibernate", "Force", "SkipOsShutdown"));
        actions.Add("TerminateInstances", call => Change(call, call.Ec2.Instances.Terminate, "Force", "SkipOsShutdown"));
        actions.Add("RebootInstances", Reboot);
        actions.Add("DescribeInstances", Describe);
        actions.Add("DescribeInstanceStatus", InstanceStatus.Describe);
        actions.Add("DescribeInstanceTypes", DescribeTypes);
    }

    private static void Change(
        Ec2Call call, Func<IReadOnlyList<string>, IReadOnlyList<InstanceStateChange>> change, params string[] withoutEffect)
    {
        var ids = Ids(call);
        foreach (var name in withoutEffect)
            call.Input.Ignore(name);
        call.Body.Set("instancesSet", call.Do(() => change(ids)), each =>
        {
            call.Body.Text("instanceId", each.InstanceId);
            InstanceXml.WriteState(call, "currentState", each.Current);
            InstanceXml.WriteState(call, "previousState", each.Previous);
        });
    }

    private static void Reboot(Ec2Call call)
    {
        var ids = Ids(call);
        call.Do(() => call.Ec2.Instances.Reboot(ids));
        call.Return();
    }

    private static IReadOnlyList<string> Ids(Ec2Call call) =>
        call.Input.Texts("InstanceId") is { Count: > 0 } ids ? ids : throw Ec2Errors.MissingParameter("InstanceId");

    private static void Describe(Ec2Call call)
    {
        var query = call.QueryWithManaged("InstanceId");
        var page = call.Do(() => call.Ec2.Instances.Describe(query));
        var reservations = page.Items.GroupBy(instance => instance.ReservationId);
        call.Body.Set("reservationSet", reservations, reservation => InstanceXml.WriteReservation(call, reservation.Key, reservation))
            .Text("nextToken", page.NextToken);
    }

    private static void DescribeTypes(Ec2Call call)
    {
        call.Input.Flag("IncludeUnsupportedInRegion");
        call.Describe("InstanceType", "instanceTypeSet", call.Ec2.Instances.DescribeTypes, type => InstanceXml.Write(call, type));
    }
}

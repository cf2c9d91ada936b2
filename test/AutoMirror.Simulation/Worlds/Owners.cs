using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Simulation.Worlds;

/// <summary>The people of the account: workload owners, the operator, and those who do by hand what they should not.</summary>
internal sealed class Owners(Cloud cloud, Account account, Dials dials, Action<string> resync, Action<TimeSpan, Func<string>> later)
{
    private static readonly string[] Values = ["true", "true", "yes", "false", "off", "ids", "default", "nowhere", "tagged", "extra9", ""];
    private static readonly string[] Types = ["m5.large", "m5.large", "c5.xlarge", "t3.micro", "t2.micro", "m6i.large"];
    private readonly SessionsByHand _byHand = new(cloud, account);
    private readonly Operator _operator = new(cloud, account);

    private IEnumerable<Instance> Instances => cloud.Ec2.Instances.Table.Current.Values;

    private IEnumerable<NetworkInterface> Interfaces => cloud.Ec2.NetworkInterfaces.Table.Current.Values;

    /// <summary>Those who are there when the history begins.</summary>
    public void Settle(Random random)
    {
        for (var count = 0; count < dials.Instances; count++)
            Launch(random, 1);
    }

    /// <summary>Does one thing; tells what, and what EC2 had against it.</summary>
    public string Do(Step step)
    {
        var random = new Random(HashCode.Seed(dials.Seed, step.Index, 99));
        return $"{step.Kind}: {OrRefusal(() => Do(step.Kind, random))}";
    }

    /// <summary>What somebody does, or what EC2 has against it.</summary>
    public static string OrRefusal(Func<string> act)
    {
        try
        {
            return act();
        }
        catch (AwsException refused)
        {
            return $"refused, {refused.Message}";
        }
    }

    public static T? Any<T>(IEnumerable<T> all, Random random)
        where T : class
    {
        var list = all.ToList();
        return list.Count == 0 ? null : list[random.Next(list.Count)];
    }

    /// <summary>Half of the time the same workload, as long as it lives: what is done to
    /// one thing again and again meets in the function.</summary>
    private Instance? AnyInstance(Random random, params InstanceState[] states)
    {
        var all = Instances.Where(instance => states is [] || states.Contains(instance.State));
        return random.Next(2) == 0
            ? all.FirstOrDefault(
                instance =>
                    instance.State != InstanceState.Terminated
                        && !cloud.Ec2.Instances.InterfacesOf(instance.Id)
                        .Any(each => cloud.Ec2.Targets.Table.Current.Values.Any(target => target.NetworkInterfaceId == each.Id)))
            : Any(all, random);
    }

    private string Do(StepKind kind, Random random) => kind switch
    {
        StepKind.Launch => Launch(random, 1),
        StepKind.LaunchMany => Launch(random, random.Next(3, 9)),
        StepKind.TagInstance => Tag(AnyInstance(random), random),
        StepKind.TagInterface => Tag(Any(Interfaces, random), random),
        StepKind.TagPlace => random.Next(2) == 0 ? Tag(Any(account.Subnets, random), random) : Tag(cloud.Ec2.Networks.DefaultVpc, random),
        StepKind.Waver => Waver(random),
        StepKind.StopInstance => OnInstance(random, [InstanceState.Running], id => cloud.Ec2.Instances.Stop(id)),
        StepKind.StartInstance => OnInstance(random, [InstanceState.Stopped], id => cloud.Ec2.Instances.Start(id)),
        StepKind.TerminateInstance =>
            OnInstance(
                random, [InstanceState.Pending, InstanceState.Running, InstanceState.Stopped], id => cloud.Ec2.Instances.Terminate(id)),
        StepKind.AttachInterface => Attach(random),
        StepKind.DetachInterface => Detach(random),
        StepKind.DeleteInterface => DeleteInterface(random),
        StepKind.MakeForeignSession => _byHand.Make(random),
        StepKind.EndForeignSession => _byHand.EndForeign(random),
        StepKind.DeleteSessionByHand => _byHand.Delete(random),
        StepKind.ModifySessionByHand => _byHand.Modify(random),
        StepKind.StripOwner => _byHand.Strip(random),
        StepKind.CopySession => _byHand.Copy(random),
        StepKind.ForgeEnd => _byHand.ForgeEnd(random),
        StepKind.ChangePolicy => _operator.ChangePolicy(random),
        StepKind.ChangeFilter => _operator.ChangeFilter(random),
        StepKind.ChangeSensor => _operator.ChangeSensor(random),
        StepKind.AddTarget => _operator.AddTarget(random),
        StepKind.DeleteTarget => _operator.DeleteTarget(random),
        StepKind.TagTarget => _operator.TagTarget(random),
        StepKind.Find => Find(random),
        StepKind.Resync => Resync(random),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>An owner changes their mind twice within seconds, and somebody looks
    /// what came of it: sooner than everything shows.</summary>
    private string Waver(Random random)
    {
        if (AnyInstance(random, InstanceState.Running) is not { } instance)
            return "no instance for it";
        string[] values = ["true", "no", "true"];
        foreach (var (index, value) in values.Index())
        {
            later(TimeSpan.FromSeconds(index * (0.5 + random.NextDouble())), () =>
            {
                cloud.Ec2.Tags.Create([instance.Id], new Dictionary<string, string> { ["Mirror"] = value });
                return $"{instance.Id} Mirror={value}";
            });
        }

        later(TimeSpan.FromSeconds(3 + random.NextDouble()), () =>
        {
            resync($$"""{"action":"resync","instanceIds":["{{instance.Id}}"]}""");
            return $"resync of {instance.Id}";
        });
        return instance.Id;
    }

    /// <summary>GuardDuty finds something about an instance.</summary>
    private string Find(Random random)
    {
        if (AnyInstance(random) is not { } instance)
            return "no instance for it";
        var severity = random.Next(1, 11);
        Finding.Emit(cloud, instance.Id, severity);
        account.Findings.Add(new Finding(instance.Id, severity, cloud.Now));
        return $"{severity} on {instance.Id}";
    }

    private string Resync(Random random)
    {
        var instance = AnyInstance(random);
        var payload = random.Next(5) switch
        {
            0 when instance is not null => $$"""{"action":"resync","instanceIds":["{{instance.Id}}"]}""",
            1 => """{"action":"resync","dryRun":true}""",
            2 => """{"action":"resync","allowDeletes":true}""",
            3 when instance is not null => $$"""{"action":"resync","vpcIds":["{{instance.VpcId}}"]}""",
            _ => "{}",
        };
        resync(payload);
        return payload;
    }

    private string Launch(Random random, int count)
    {
        var isIpv6 = random.Next(15) == 0;
        var subnet = isIpv6 ? account.Ipv6Subnet : account.Subnets[random.Next(account.Subnets.Count)];
        var interfaces = random.Next(4) == 0 && !isIpv6 ? 2 : 1;
        var type = Types[random.Next(Types.Length)];
        var value = random.Next(3) == 0 ? null : Values[random.Next(Values.Length)];
        var launched = cloud.Ec2.RunInstances(new LaunchRequest
        {
            Count = count,
            InstanceType = type,
            NetworkInterfaces = [
                .. Enumerable.Range(0, interfaces)
                    .Select(
                        index =>
                            new LaunchInterface { DeviceIndex = index, SubnetId = subnet.Id, DeleteOnTermination = random.Next(5) != 0 })],
            Tags = value is null ? null : new Dictionary<string, string> { ["Mirror"] = value },
        });
        return $"{string.Join(
            ' ', launched.Select(instance => instance.Id))} {type} in {subnet.Id} with {interfaces} interfaces, Mirror={value ?? "(none)"}";
    }

    private string Tag(Resource? resource, Random random)
    {
        if (resource is null)
            return "nothing there";
        switch (random.Next(5))
        {
            case 0:
                cloud.Ec2.Tags.Delete([resource.Id], [("Mirror", null)]);
                return $"{resource.Id} loses its tag";
            case 2 when random.Next(3) == 0:
                if (random.Next(2) == 0)
                {
                    cloud.Ec2.Tags.Delete([resource.Id], [("eks:cluster-name", null)]);
                    return $"{resource.Id} is no node";
                }

                cloud.Ec2.Tags.Create([resource.Id], new Dictionary<string, string> { ["eks:cluster-name"] = "blue" });
                return $"{resource.Id} is a node";
            case 1 when random.Next(3) == 0:
                var quarantine = random.Next(2) == 0 ? "yes" : "no";
                cloud.Ec2.Tags.Create([resource.Id], new Dictionary<string, string> { ["quarantine"] = quarantine });
                return $"{resource.Id} quarantine={quarantine}";
            default:
                var value = Values[random.Next(Values.Length)];
                cloud.Ec2.Tags.Create([resource.Id], new Dictionary<string, string> { ["Mirror"] = value });
                return $"{resource.Id} Mirror={value}";
        }
    }

    private string OnInstance(Random random, InstanceState[] states, Action<string> act)
    {
        if (AnyInstance(random, states) is not { } instance)
            return "no instance for it";
        act(instance.Id);
        return instance.Id;
    }

    private string Attach(Random random)
    {
        if (AnyInstance(random, InstanceState.Running, InstanceState.Stopped) is not { } instance)
            return "no instance for it";
        var free = random.Next(2) == 0
            ? Any(Interfaces.Where(each => each.Attachment is null && each.Zone == instance.Zone), random)
            : null;
        var networkInterface = free ?? cloud.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = instance.SubnetId });
        var index = cloud.Ec2.Instances.InterfacesOf(instance.Id).Max(each => each.Attachment!.DeviceIndex) + 1;
        cloud.Ec2.NetworkInterfaces.Attach(networkInterface.Id, instance.Id, index);
        Trail.Call(
            cloud, "AttachNetworkInterface",
            new() { ["networkInterfaceId"] = networkInterface.Id, ["instanceId"] = instance.Id, ["deviceIndex"] = index });
        return $"{networkInterface.Id} to {instance.Id}";
    }

    private string Detach(Random random)
    {
        if (Any(Interfaces.Where(each => each.Attachment is { DeviceIndex: > 0, Status: "attached" }), random) is not { } networkInterface)
            return "none to detach";
        cloud.Ec2.NetworkInterfaces.Detach(networkInterface.Attachment!.Id);
        Trail.Call(cloud, "DetachNetworkInterface", new() { ["attachmentId"] = networkInterface.Attachment.Id, ["force"] = false });
        return $"{networkInterface.Id} from {networkInterface.Attachment.InstanceId}";
    }

    private string DeleteInterface(Random random)
    {
        if (Any(Interfaces.Where(each => each.Attachment is null), random) is not { } networkInterface)
            return "none to delete";
        cloud.Ec2.NetworkInterfaces.Delete(networkInterface.Id);
        return networkInterface.Id;
    }
}

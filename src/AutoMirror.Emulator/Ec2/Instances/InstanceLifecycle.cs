using System.Text.RegularExpressions;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>Instances and their lifecycle ("Amazon EC2 instance state changes").</summary>
public sealed partial class InstanceLifecycle
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;
    private readonly Describing<Instance> _describing;
    private readonly Describing<Instance> _statuses;
    private readonly Describing<InstanceType> _types;

    internal InstanceLifecycle(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        Table = new(cloud, "instance", "i", ("subnet-id", instance => [instance.SubnetId]), ("reservation-id", instance => [instance.ReservationId]));
        _describing = new(Table, InstanceFilters.For(cloud, ec2), Ec2Errors.InstanceNotFound)
        {
            IdFilter = "instance-id", IdsExcludeMaxResults = "instancesSet",
            Malformed = id => IdForm().IsMatch(id) ? null : Ec2Errors.InstanceMalformed(id),
        };
        _statuses = _describing with { Filters = InstanceStatus.Filters };
        _types = InstanceTypes.Describing(cloud);
    }

    internal Table<Instance> Table { get; }

    /// <summary>Launches instances, all or none; they are pending when this returns.</summary>
    public IReadOnlyList<Instance> Run(LaunchRequest request)
    {
        using (_cloud.Enter())
        {
            var launched = new Launch(_cloud, _ec2, request).Run();
            foreach (var instance in launched)
            {
                Notify(instance);
                ComeUpLater(instance.Id);
            }

            return launched;
        }
    }

    /// <summary>Starts stopped instances; running ones stay as they are.</summary>
    public IReadOnlyList<InstanceStateChange> Start(params IReadOnlyList<string> ids)
    {
        using (_cloud.Enter())
        {
            return Change(ids, "started", [InstanceState.Stopped, InstanceState.Running, InstanceState.Pending], instance =>
            {
                if (instance.State != InstanceState.Stopped)
                    return instance;
                foreach (var networkInterface in _ec2.NetworkInterfaces.Of(instance.Id).Where(each => each.AutoPublicIp))
                    _ec2.NetworkInterfaces.SetPublic(networkInterface, true);
                var started = Move(instance with { LaunchTime = _cloud.Now, StateReason = null, StateTransitionReason = "" },
                    InstanceState.Pending);
                ComeUpLater(instance.Id);
                return started;
            });
        }
    }

    /// <summary>Stops instances; their interfaces, with private addresses, stay with them.</summary>
    public IReadOnlyList<InstanceStateChange> Stop(params IReadOnlyList<string> ids)
    {
        using (_cloud.Enter())
        {
            return Change(ids, "stopped", [InstanceState.Running, InstanceState.Stopping, InstanceState.Stopped], instance =>
            {
                if (instance.State is InstanceState.Stopping or InstanceState.Stopped)
                    return instance;
                var stopping = Move(Because(instance, "User initiated"), InstanceState.Stopping);
                _cloud.In(_cloud.Options.StoppingFor, () => From(instance.Id, InstanceState.Stopping, still =>
                {
                    foreach (var networkInterface in _ec2.NetworkInterfaces.Of(still.Id).Where(each => each.AutoPublicIp))
                        _ec2.NetworkInterfaces.SetPublic(networkInterface, false);
                    Move(still, InstanceState.Stopped);
                }));
                return stopping;
            });
        }
    }

    /// <summary>Terminates instances; a terminated one again is no error ("This operation is idempotent").</summary>
    public IReadOnlyList<InstanceStateChange> Terminate(params IReadOnlyList<string> ids)
    {
        using (_cloud.Enter())
        {
            return Change(ids, "terminated", Enum.GetValues<InstanceState>(), instance =>
            {
                if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
                    return instance;
                var going = Move(Because(instance, "User initiated"), InstanceState.ShuttingDown);
                _cloud.In(_cloud.Options.ShuttingDownFor, () => From(instance.Id, InstanceState.ShuttingDown, End));
                return going;
            });
        }
    }

    /// <summary>Reboots instances: no state changes and no event follows.</summary>
    public void Reboot(params IReadOnlyList<string> ids)
    {
        using (_cloud.Enter())
        {
            foreach (var instance in All(ids))
            {
                if (instance.State is InstanceState.Terminated or InstanceState.ShuttingDown)
                    throw Ec2Errors.IncorrectInstanceState(instance.Id, "rebooted");
            }
        }
    }

    /// <summary>Describes instances.</summary>
    public Page<Instance> Describe(Query query)
    {
        using (_cloud.Enter())
            return _describing.Page(query);
    }

    /// <summary>Describes instances by the filters of DescribeInstanceStatus.</summary>
    public Page<Instance> DescribeStatus(Query query)
    {
        using (_cloud.Enter())
            return _statuses.Page(query);
    }

    /// <summary>Describes the instance types that exist.</summary>
    public Page<InstanceType> DescribeTypes(Query query)
    {
        using (_cloud.Enter())
            return _types.Page(query);
    }

    /// <summary>An instance's interfaces as they are now, in no promised order.</summary>
    public IReadOnlyList<NetworkInterface> InterfacesOf(string instanceId)
    {
        using (_cloud.Enter())
            return _ec2.NetworkInterfaces.Of(instanceId);
    }

    internal Instance Get(string id) => Find([id])[0];

    private List<Instance> All(IReadOnlyList<string> ids) => Find(ids);

    private List<Instance> Find(IReadOnlyList<string> ids)
    {
        if (ids.FirstOrDefault(id => !IdForm().IsMatch(id)) is { } malformed)
            throw Ec2Errors.InstanceMalformed(malformed);
        var missing = ids.Where(id => Table.Find(id) is null).ToList();
        return missing.Count > 0 ? throw Ec2Errors.InstanceNotFound(missing) : [.. ids.Distinct().Select(id => Table.Find(id)!)];
    }

    private List<InstanceStateChange> Change(IReadOnlyList<string> ids, string verb, InstanceState[] from, Func<Instance, Instance> change)
    {
        var instances = Find(ids);
        if (instances.Find(instance => !from.Contains(instance.State)) is { } wrong)
            throw Ec2Errors.IncorrectInstanceState(wrong.Id, verb);
        return [.. instances.Select(instance => new InstanceStateChange(instance.Id, instance.State, change(instance).State))];
    }

    private Instance Move(Instance instance, InstanceState state)
    {
        var moved = Table.Put(instance with { State = state });
        Notify(moved);
        return moved;
    }

    private void Notify(Instance instance) => _cloud.Events.InstanceStateChange(instance);

    private void ComeUpLater(string id) => _cloud.In(_cloud.Options.PendingFor, () => From(id, InstanceState.Pending, still =>
    {
        foreach (var networkInterface in _ec2.NetworkInterfaces.Of(id).Where(each => each.Attachment!.Status == "attaching"))
            _ec2.NetworkInterfaces.SetStatus(networkInterface.Id, networkInterface.Attachment!.Id, "attached");
        Move(still with { StateReason = null }, InstanceState.Running);
    }));

    private void From(string id, InstanceState state, Action<Instance> next)
    {
        if (Table.Find(id) is { } instance && instance.State == state)
            next(instance);
    }

    private void End(Instance instance)
    {
        foreach (var networkInterface in _ec2.NetworkInterfaces.Of(instance.Id))
        {
            if (networkInterface.Attachment!.DeleteOnTermination)
                _ec2.NetworkInterfaces.Drop(networkInterface.Id);
            else
                _ec2.NetworkInterfaces.Table.Put(networkInterface with { Attachment = null, PublicIp = networkInterface.AutoPublicIp ? null : networkInterface.PublicIp });
        }

        Move(instance, InstanceState.Terminated);
        _cloud.In(_cloud.Options.TerminatedFor, () => Table.Remove(instance.Id));
    }

    private Instance Because(Instance instance, string reason) => instance with
    {
        StateReason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown"),
        StateTransitionReason = $"{reason} ({_cloud.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)",
    };

    [GeneratedRegex("^i-[0-9a-f]{8}(?:[0-9a-f]{9})?$")]
    private static partial Regex IdForm();
}

using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>Instances and the states that they pass through ("Amazon EC2 instance state changes").</summary>
public sealed class InstanceLifecycle : ResourceKind<Instance>
{
    private readonly Describing<Instance> _statuses;
    private readonly Describing<InstanceType> _types;

    internal InstanceLifecycle(Cloud cloud, Ec2Engine ec2) : base(cloud, ec2, DescribingOf(cloud, ec2))
    {
        _statuses = Describing with { Filters = InstanceStatus.Filters };
        _types = new(InstanceTypes.TableIn(cloud), InstanceTypeFilters.Catalogue, Ec2Errors.InstanceTypesNotFound)
        {
            // The service model has no more than 100 results, and no more than 100 types in a request.
            IdFilter = "instance-type", PageSize = new(5, 100),
        };
    }

    /// <summary>Launches instances, all or none; they are pending when this returns.</summary>
    public IReadOnlyList<Instance> Run(LaunchRequest request)
    {
        using (Cloud.Enter())
        {
            var launched = new Launch(Cloud, Ec2, request).Run();
            foreach (var instance in launched)
            {
                Notify(instance);
                RunLater(instance.Id);
            }

            return launched;
        }
    }

    /// <summary>Starts stopped instances; running ones stay as they are.</summary>
    public IReadOnlyList<InstanceStateChange> Start(params IReadOnlyList<string> ids) => Start(ids, byOperator: false);

    internal IReadOnlyList<InstanceStateChange> Start(IReadOnlyList<string> ids, bool byOperator) =>
        Change(ids, byOperator, "started", [InstanceState.Stopped, InstanceState.Running, InstanceState.Pending], instance =>
        {
            if (instance.State != InstanceState.Stopped)
                return instance;
            SetPublicAddresses(instance, present: true);
            var started = Move(
                instance with { LaunchTime = Cloud.Now, StateReason = null, StateTransitionReason = "" }, InstanceState.Pending);
            RunLater(instance.Id);
            return started;
        });

    /// <summary>Stops instances; they keep their interfaces and private addresses.</summary>
    public IReadOnlyList<InstanceStateChange> Stop(params IReadOnlyList<string> ids) => Stop(ids, byOperator: false);

    internal IReadOnlyList<InstanceStateChange> Stop(IReadOnlyList<string> ids, bool byOperator) =>
        Change(ids, byOperator, "stopped", [InstanceState.Running, InstanceState.Stopping, InstanceState.Stopped], instance =>
        {
            if (instance.State is InstanceState.Stopping or InstanceState.Stopped)
                return instance;
            var stopping = Move(AsUserWished(instance), InstanceState.Stopping);
            StopLater(instance.Id);
            return stopping;
        });

    /// <summary>Terminates instances; a second time does nothing ("This operation is idempotent").</summary>
    public IReadOnlyList<InstanceStateChange> Terminate(params IReadOnlyList<string> ids) => Terminate(ids, byOperator: false);

    internal IReadOnlyList<InstanceStateChange> Terminate(IReadOnlyList<string> ids, bool byOperator) =>
        Change(ids, byOperator, "terminated", Enum.GetValues<InstanceState>(), instance =>
        {
            if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
                return instance;
            var shuttingDown = Move(AsUserWished(instance), InstanceState.ShuttingDown);
            Later(Cloud.Options.ShuttingDownFor, instance.Id, InstanceState.ShuttingDown, End);
            return shuttingDown;
        });

    /// <summary>Reboots instances: their state does not change, and no event follows.</summary>
    public void Reboot(params IReadOnlyList<string> ids)
    {
        using (Cloud.Enter())
        {
            var instances = GetAll(ids);
            instances.ForEach(instance => ManagedResources.CheckChange(instance.Operator, instance.Id));
            if (instances.Find(instance => instance.State is InstanceState.Terminated or InstanceState.ShuttingDown) is { } gone)
                throw Ec2Errors.IncorrectInstanceState(gone.Id, "rebooted");
        }
    }

    /// <summary>Puts an instance of a recorded account; what was on its way goes on.</summary>
    internal void Restore(Instance instance)
    {
        Table.Put(instance);
        switch (instance.State)
        {
            case InstanceState.Pending:
                RunLater(instance.Id);
                break;
            case InstanceState.Stopping:
                StopLater(instance.Id);
                break;
            case InstanceState.ShuttingDown:
                Later(Cloud.Options.ShuttingDownFor, instance.Id, InstanceState.ShuttingDown, End);
                break;
            case InstanceState.Terminated:
                Cloud.In(Cloud.Options.TerminatedFor, () => Table.Remove(instance.Id));
                break;
        }
    }

    /// <summary>Describes instances by the filters of DescribeInstanceStatus.</summary>
    public Page<Instance> DescribeStatus(Query query) => _statuses.Page(query);

    /// <summary>Describes the instance types that exist.</summary>
    public Page<InstanceType> DescribeTypes(Query query) => _types.Page(query);

    /// <summary>An instance's interfaces as they are now, in the order of their ids, which are random.</summary>
    public IReadOnlyList<NetworkInterface> InterfacesOf(string instanceId)
    {
        using (Cloud.Enter())
            return Ec2.NetworkInterfaces.Of(instanceId);
    }

    private static Describing<Instance> DescribingOf(Cloud cloud, Ec2Engine ec2)
    {
        var table = new Table<Instance>(
            cloud, "instance", "i",
            ("subnet-id", instance => [instance.SubnetId]), ("reservation-id", instance => [instance.ReservationId]));
        return new(table, InstanceFilters.For(cloud, ec2), Ec2Errors.InstanceNotFound)
        {
            IdsExcludeMaxResults = "instancesSet", IsHidden = instance => ec2.Managed.Hides(instance.Operator),
            Malformed = id => ResourceId.IsWellFormed("i", id) ? null : Ec2Errors.InstanceMalformed(id),
        };
    }

    private List<InstanceStateChange> Change(
        IReadOnlyList<string> ids, bool byOperator, string verb, InstanceState[] from, Func<Instance, Instance> change)
    {
        using (Cloud.Enter())
        {
            var instances = GetAll(ids);
            if (!byOperator)
                instances.ForEach(instance => ManagedResources.CheckChange(instance.Operator, instance.Id));
            if (instances.Find(instance => !from.Contains(instance.State)) is { } wrong)
                throw Ec2Errors.IncorrectInstanceState(wrong.Id, verb);
            return [.. instances.Select(instance => new InstanceStateChange(instance.Id, instance.State, change(instance).State))];
        }
    }

    private Instance Move(Instance instance, InstanceState state)
    {
        var moved = Table.Put(instance with { State = state });
        Notify(moved);
        return moved;
    }

    /// <summary>
    /// "When visibility is Hidden (default), Amazon EC2 does not emit EC2 Instance State-change Notification events to EventBridge for
    /// managed instances" (EC2 User Guide, "Amazon EC2 managed instances").
    /// </summary>
    private void Notify(Instance instance)
    {
        if (Cloud.Options.HiddenInstancesSendEvents || !Ec2.Managed.Hides(instance.Operator))
            Cloud.ServiceEvents.InstanceStateChange(instance);
    }

    /// <summary>Goes on from a state once some time is over, unless the instance has left it by then.</summary>
    private void Later(TimeSpan delay, string id, InstanceState state, Action<Instance> next) => Cloud.In(delay, () =>
    {
        if (Table.Find(id) is { } instance && instance.State == state)
            next(instance);
    });

    private void RunLater(string id) => Later(Cloud.Options.PendingFor, id, InstanceState.Pending, still =>
    {
        foreach (var networkInterface in Ec2.NetworkInterfaces.Of(id).Where(each => each.Attachment!.Status == "attaching"))
            Ec2.NetworkInterfaces.SetStatus(networkInterface.Id, networkInterface.Attachment!.Id, "attached");
        Move(still with { StateReason = null }, InstanceState.Running);
    });

    private void StopLater(string id) => Later(Cloud.Options.StoppingFor, id, InstanceState.Stopping, still =>
    {
        SetPublicAddresses(still, present: false);
        Move(still, InstanceState.Stopped);
    });

    private void SetPublicAddresses(Instance instance, bool present)
    {
        foreach (var networkInterface in Ec2.NetworkInterfaces.Of(instance.Id).Where(each => each.AutoPublicIp))
            Ec2.NetworkInterfaces.SetPublic(networkInterface, present);
    }

    private void End(Instance instance)
    {
        foreach (var held in Ec2.NetworkInterfaces.Of(instance.Id))
        {
            if (held.Attachment!.DeleteOnTermination)
                Ec2.NetworkInterfaces.Drop(held.Id);
            else
                Ec2.NetworkInterfaces.Table.Put(held with { Attachment = null, PublicIp = held.AutoPublicIp ? null : held.PublicIp });
        }

        Move(instance, InstanceState.Terminated);
        Cloud.In(Cloud.Options.TerminatedFor, () => Table.Remove(instance.Id));
    }

    private Instance AsUserWished(Instance instance) => instance with
    {
        StateReason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown"),
        StateTransitionReason = $"User initiated ({Cloud.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)",
    };
}

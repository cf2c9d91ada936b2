using System.Diagnostics;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>Looks at one interface again, with every session on it, and plans for it anew.</summary>
internal sealed class SecondLook(IEc2 ec2, Deployment deployment, Setup setup, Inventory inventory)
{
    private readonly Dictionary<Id<NetworkInterface>, Instance> _instances = inventory.Instances
        .SelectMany(instance => instance.NetworkInterfaces.Select(each => (each.Id, Instance: instance))).DistinctBy(entry => entry.Id)
        .ToDictionary(entry => entry.Id, entry => entry.Instance);

    /// <summary>The instance that has an interface, as the inventory knows it.</summary>
    public Instance? InstanceOf(Id<NetworkInterface> id) => _instances.GetValueOrDefault(id);

    /// <summary>Whether an interface was fully attached when it was read.</summary>
    public bool IsAttached(Id<NetworkInterface> id) => InterfaceOf(id)?.Attachment is { Status: AttachmentStatus.Attached };

    /// <summary>The sessions that are on some interfaces now, whoever owns them.</summary>
    public async Task<Answer<ILookup<Id<NetworkInterface>, TrafficMirrorSession>>> ReadAsync(IReadOnlyCollection<Id<NetworkInterface>> ids, CancellationToken cancellationToken) =>
        await ec2.DescribeSessionsAsync(new SessionQuery.OnInterfaces(ids), cancellationToken) switch
        {
            Answer<IReadOnlyList<TrafficMirrorSession>>.Given { Value: var sessions } =>
                new Answer<ILookup<Id<NetworkInterface>, TrafficMirrorSession>>.Given(sessions.ToLookup(session => session.NetworkInterfaceId)),
            Answer<IReadOnlyList<TrafficMirrorSession>>.Refused { Refusal: var refusal } => new Answer<ILookup<Id<NetworkInterface>, TrafficMirrorSession>>.Refused(refusal),
            _ => throw new UnreachableException(),
        };

    /// <summary>An interface's verdict and changes with these sessions on it, or why they can't be told.</summary>
    /// <remarks>What counts against the blast radius was not in the plan that passed it, so it waits for the next sweep.</remarks>
    public async Task<(ReplannedInterface? Plan, Refusal? Failed)> PlanAsync(
        Id<NetworkInterface> id, IReadOnlyList<TrafficMirrorSession> sessions, CancellationToken cancellationToken)
    {
        var filters = await ForeignFilters.ReadAsync(ec2, deployment, setup, sessions, cancellationToken);
        var instance = InstanceOf(id);
        var now = inventory with
        {
            Instances = instance is null ? [] : [instance],
            StandaloneInterfaces = [.. inventory.StandaloneInterfaces.Where(each => each.Id == id)],
            MissingInstances = [],
            MissingInterfaces = [],
            Sessions = sessions,
            SessionCoverage = new SessionCoverage.Interfaces(new HashSet<Id<NetworkInterface>> { id }),
            Filters = filters,
        };
        var plan = Planner.Plan(deployment, setup, now).Turn(setup, now, allowDeletes: false).Withhold(change => change.CountsAgainstLimits, WithheldBy.Limits);
        if (PlanRules.Broken(plan, deployment, setup, now, allowDeletes: false) is [var broken, ..])
            return (null, new Refusal(RefusalKind.Other, "AutoMirror.BrokenPlan", broken));
        return (new ReplannedInterface(
            plan.Verdicts.Single(verdict => verdict.NetworkInterfaceId == id),
            [.. plan.Changes.Where(change => change.NetworkInterfaceId == id)]), null);
    }

    private NetworkInterface? InterfaceOf(Id<NetworkInterface> id) =>
        InstanceOf(id)?.NetworkInterfaces.First(each => each.Id == id) ?? inventory.StandaloneInterfaces.FirstOrDefault(each => each.Id == id);
}

/// <summary>What a second look at one interface came to.</summary>
/// <param name="Verdict">What holds.</param>
/// <param name="Changes">What is to be done now.</param>
internal sealed record ReplannedInterface(InterfaceVerdict Verdict, IReadOnlyList<Change> Changes);

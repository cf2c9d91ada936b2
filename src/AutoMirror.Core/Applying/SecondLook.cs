using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Applying;

/// <summary>Looks at one interface again, with every session on it, and plans for it anew.</summary>
internal sealed class SecondLook(IEc2 ec2, Situation situation)
{
    private readonly Dictionary<Id<NetworkInterface>, Instance> _instances = situation.Inventory.Instances
        .SelectMany(instance => instance.NetworkInterfaces.Select(each => (each.Id, Instance: instance))).DistinctBy(entry => entry.Id)
        .ToDictionary(entry => entry.Id, entry => entry.Instance);

    // What counts against the blast radius was not in the plan that passed it, so it waits for the next full sync.
    private readonly Configuration _configuration = situation.Configuration with
    {
        Parameters = situation.Configuration.Parameters with
        {
            Policy = situation.Policy with { Limits = situation.Policy.Limits with { ScopedDeletes = 0 } },
        },
    };

    /// <summary>The instance that has an interface, as the inventory knows it.</summary>
    public Instance? InstanceOf(Id<NetworkInterface> id) => _instances.GetValueOrDefault(id);

    /// <summary>The family of an interface's instance where EC2's refusal says something of the whole family: only of a plain interface
    /// of an instance, and only where no guide names the family. Null otherwise.</summary>
    public string? FamilyToLearn(Id<NetworkInterface> id) =>
        InterfaceOf(id) is { InterfaceType: NetworkInterface.SourceType, RequesterId: null, Attachment.Status: AttachmentStatus.Attached }
        && InstanceOf(id) is { InstanceType: var type } && InstanceTypeName.Of(type).Family is var family
        && !SourceSupport.BuiltIn.Names(type)
            ? family
            : null;

    /// <summary>Whether EC2 has refused a family since this run planned.</summary>
    public bool WasRefusedSince(string family, RefusedFamilies now) => now.Contains(family) && !situation.RefusedFamilies.Contains(family);

    /// <summary>Whether an interface was fully attached when it was read.</summary>
    public bool IsAttached(Id<NetworkInterface> id) => InterfaceOf(id)?.Attachment is { Status: AttachmentStatus.Attached };

    /// <summary>The sessions that are on some interfaces now, whoever owns them.</summary>
    public async Task<Answer<ILookup<Id<NetworkInterface>, TrafficMirrorSession>>> ReadAsync(
        IReadOnlyCollection<Id<NetworkInterface>> ids, CancellationToken cancellationToken) =>
        (await ec2.DescribeSessionsAsync(Query.SessionsOn(ids), cancellationToken))
            .Select(sessions => sessions.ToLookup(session => session.NetworkInterfaceId));

    /// <summary>An interface's verdict and changes with these sessions on it; refused where that plan breaks a rule.</summary>
    public async Task<Answer<ReplannedInterface>> PlanAsync(
        Id<NetworkInterface> id, IReadOnlyList<TrafficMirrorSession> sessions, CancellationToken cancellationToken)
    {
        var now = situation.Inventory with
        {
            Instances = InstanceOf(id) is { } instance ? [instance] : [],
            StandaloneInterfaces = [.. situation.Inventory.StandaloneInterfaces.Where(each => each.Id == id)],
            MissingInstances = [],
            MissingInterfaces = [],
            Sessions = sessions,
            SessionCoverage = new SessionCoverage.Interfaces(new HashSet<Id<NetworkInterface>> { id }),
            Filters = await ForeignFilters.ReadAsync(ec2, situation.Owner, _configuration, sessions, cancellationToken),
        };
        var (plan, broken, _) = CheckedPlan.Of(situation with { Configuration = _configuration, Inventory = now, AllowDeletes = false });
        return broken is [var rule, ..]
            ? new Answer<ReplannedInterface>.Refused(new Refusal(RefusalKind.Other, ErrorTypes.BrokenPlan, rule))
            : new Answer<ReplannedInterface>.Given(new(
                plan.Verdicts.Single(verdict => verdict.NetworkInterfaceId == id),
                [.. plan.Changes.Where(change => change.NetworkInterfaceId == id)]));
    }

    private NetworkInterface? InterfaceOf(Id<NetworkInterface> id) =>
        InstanceOf(id)?.NetworkInterfaces.First(each => each.Id == id)
            ?? situation.Inventory.StandaloneInterfaces.FirstOrDefault(each => each.Id == id);
}

/// <summary>What a second look at one interface came to.</summary>
internal sealed record ReplannedInterface(InterfaceVerdict Verdict, IReadOnlyList<Change> Changes);

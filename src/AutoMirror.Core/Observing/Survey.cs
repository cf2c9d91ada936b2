using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Observing;

/// <summary>Reads what a scope needs from EC2, in as few round trips as possible, and nothing that the policy does not ask for.</summary>
/// <remarks>
/// An owned session whose interface was not seen is evidence of nothing. Its interface is looked up, and whichever instance has it now
/// is read too, with its own sessions. So neither a failover nor a launch between two reads costs a session.
/// </remarks>
/// <param name="account">The own account; null where nobody knows it. Other accounts' instances are not shown to us.</param>
internal sealed class Survey(
    IEc2 ec2, Deployment deployment, string? account, Configuration configuration, TimeProvider time, CancellationToken cancellationToken)
{
    // An interface found on another instance takes one more read. A longer chain of moves is left to the next event.
    private const int MostRounds = 4;

    private readonly Sightings _seen = new();
    private readonly SessionOwner _owner = configuration.OwnerFor(deployment);
    private readonly HashSet<Id<Instance>> _askedInstances = [];
    private readonly HashSet<Id<NetworkInterface>> _askedInterfaces = [];
    private readonly HashSet<string> _askedDescriptions = [];
    private bool _isFullSync;

    private Policy Policy => configuration.Policy;

    private bool ReadsInterfaceTags => Policy.TagLevels.Contains(TagLevel.Interface);

    private bool ReadsAllInterfaces => Policy.StandaloneInterfaces || Policy.Participants || ReadsInterfaceTags;

    /// <summary>The inventory of a scope.</summary>
    public async Task<Inventory> ReadAsync(Scope scope)
    {
        var now = time.GetUtcNow();
        _isFullSync = scope is Scope.Everything;
        await (scope is Scope.Part part ? ReadPartAsync(part) : ReadAccountAsync());
        await FollowReferencesAsync();
        await ReadSubnetAndVpcTagsAsync();
        var sessions = _seen.Sessions.Values.OrderBy(session => session.Id).ToList();
        return new()
        {
            Now = now,
            Instances = _seen.InstancesWithInterfaces(ReadsInterfaceTags),
            StandaloneInterfaces = [.. Standalone().OrderBy(each => each.Id)],
            MissingInstances = [.. _askedInstances.Where(id => _seen.Gaps.Count == 0 && !_seen.Instances.ContainsKey(id)).Order()],

            // Describes of interfaces lag behind those of instances: what an instance shows is there.
            MissingInterfaces = [
                .. _askedInterfaces.Where(id => _seen.Gaps.Count == 0 && !_seen.Interfaces.ContainsKey(id) && !_seen.IsAttached(id))
                    .Order()],
            Sessions = sessions,
            SessionCoverage = _isFullSync && _seen.Gaps.Count == 0 ? new SessionCoverage.Account() : SessionCoverage.OwnedOnly,
            Filters = await ForeignFilters.ReadAsync(ec2, _owner, configuration, sessions, cancellationToken),
            SubnetTags = _seen.SubnetTags,
            VpcTags = _seen.VpcTags,
            Gaps = _seen.Gaps,
        };
    }

    private Task ReadAccountAsync() => Task.WhenAll(
        ReadInstancesAsync(Query.All<Instance>()),
        ReadSessionsAsync(Query.All<TrafficMirrorSession>()),
        ReadsAllInterfaces ? ReadInterfacesAsync(Query.All<NetworkInterface>()) : Task.CompletedTask);

    private Task ReadPartAsync(Scope.Part part)
    {
        List<Task> reads = [ReadInstancesAsync(part.Instances), ReadInterfacesAsync(part.NetworkInterfaces)];
        if (part.Sessions.Count > 0)
            reads.Add(ReadSessionsAsync(Query.Of(part.Sessions)));
        if (part.Targets.Count > 0)
            reads.Add(ReadSessionsAsync(Query.SessionsTo(part.Targets)));
        if (part.Vpcs.Count > 0)
            reads.Add(ReadPlacesAsync(Query.InstancesIn(part.Vpcs), Query.InterfacesIn(part.Vpcs)));
        if (part.Subnets.Count > 0)
            reads.Add(ReadPlacesAsync(Query.InstancesIn(part.Subnets), Query.InterfacesIn(part.Subnets)));
        return Task.WhenAll(reads);
    }

    private Task ReadPlacesAsync(Query<Instance> instances, Query<NetworkInterface> interfaces) => Task.WhenAll(
        ReadInstancesAsync(instances),
        ReadsAllInterfaces ? ReadInterfacesAsync(interfaces) : Task.CompletedTask);

    /// <summary>Follows references, from sessions to interfaces to instances to their sessions, until nothing new turns up.</summary>
    private async Task FollowReferencesAsync()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var interfaces = _seen.Sessions.Values.Where(_owner.Owns).Select(session => session.NetworkInterfaceId)
                .Where(id => !_seen.IsAttached(id) && !_askedInterfaces.Contains(id) && !_seen.Interfaces.ContainsKey(id)).ToHashSet();
            var holders = _seen.Interfaces.Values.Where(each => !_seen.IsAttached(each.Id) && !each.IsOfAnother(account))
                .Select(each => each.Attachment?.InstanceId).OfType<Id<Instance>>().Where(id => !_askedInstances.Contains(id)).ToHashSet();
            var descriptions = _isFullSync ? [] : _seen.Instances.Keys.Select(deployment.DescriptionFor)
                .Concat(Standalone().Select(each => deployment.DescriptionFor(each.Id))).Where(text => !_askedDescriptions.Contains(text))
                    .ToHashSet();
            if (interfaces.Count + holders.Count + descriptions.Count == 0)
                return;
            await Task.WhenAll(ReadInterfacesAsync(interfaces), ReadInstancesAsync(holders), ReadSessionsAsync(descriptions));
        }
    }

    private Task ReadSubnetAndVpcTagsAsync()
    {
        var interfaces = _seen.Attached.Concat(Standalone()).ToList();
        var subnets = Policy.TagLevels.Contains(TagLevel.Subnet)
            ? interfaces.Select(each => each.SubnetId).OfType<Id<Subnet>>().ToHashSet()
            : [];
        var vpcs = Policy.TagLevels.Contains(TagLevel.Vpc) ? interfaces.Select(each => each.VpcId).OfType<Id<Vpc>>().ToHashSet() : [];
        return Task.WhenAll(
            subnets.Count == 0 ? Task.CompletedTask : _seen.NoteAsync(
                Actions.DescribeSubnets, ec2.DescribeSubnetsAsync(subnets, cancellationToken), subnet =>
                    _seen.SubnetTags[subnet.Id] = subnet.Tags),
            vpcs.Count == 0 ? Task.CompletedTask : _seen.NoteAsync(
                Actions.DescribeVpcs, ec2.DescribeVpcsAsync(vpcs, cancellationToken), vpc => _seen.VpcTags[vpc.Id] = vpc.Tags));
    }

    /// <summary>Interfaces in scope that are on no instance. One whose instance was not read (yet) is in neither list.</summary>
    private IEnumerable<NetworkInterface> Standalone()
    {
        var withSession = _seen.Sessions.Values.Where(_owner.Owns).Select(session => session.NetworkInterfaceId).ToHashSet();
        return _seen.Interfaces.Values.Where(each => !_seen.IsAttached(each.Id)
            && (each.Attachment?.InstanceId is null || each.IsOfAnother(account))
            && (Policy.StandaloneInterfaces || (Policy.Participants && each.IsOfAnother(account)) || withSession.Contains(each.Id)
                || _askedInterfaces.Contains(each.Id)));
    }

    private Task ReadInstancesAsync(IReadOnlyCollection<Id<Instance>> ids)
    {
        _askedInstances.UnionWith(ids);
        return ids.Count == 0 ? Task.CompletedTask : Task.WhenAll(
            ReadInstancesAsync(Query.Of(ids)),
            ReadSessionsAsync([.. ids.Select(deployment.DescriptionFor)]),
            ReadsInterfaceTags ? ReadInterfacesAsync(Query.InterfacesOf(ids)) : Task.CompletedTask);
    }

    private Task ReadInterfacesAsync(IReadOnlyCollection<Id<NetworkInterface>> ids)
    {
        _askedInterfaces.UnionWith(ids);
        return ids.Count == 0 ? Task.CompletedTask : ReadInterfacesAsync(Query.Of(ids));
    }

    private Task ReadSessionsAsync(IReadOnlyCollection<string> descriptions)
    {
        var asked = _isFullSync ? [] : descriptions.Where(_askedDescriptions.Add).ToList();
        return asked.Count == 0 ? Task.CompletedTask : ReadSessionsAsync(Query.SessionsDescribed(asked));
    }

    private Task ReadInstancesAsync(Query<Instance> query) =>
        _seen.NoteAsync(Actions.DescribeInstances, ec2.DescribeInstancesAsync(query, cancellationToken), _seen.Note);

    private Task ReadInterfacesAsync(Query<NetworkInterface> query) => _seen.NoteAsync(
        Actions.DescribeInterfaces, ec2.DescribeNetworkInterfacesAsync(query, cancellationToken), each => _seen.Interfaces[each.Id] = each);

    private Task ReadSessionsAsync(Query<TrafficMirrorSession> query) => _seen.NoteAsync(
        Actions.DescribeSessions, ec2.DescribeSessionsAsync(query, cancellationToken), session => _seen.Sessions[session.Id] = session);
}

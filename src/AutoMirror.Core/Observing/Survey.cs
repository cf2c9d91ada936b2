using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>One reading of EC2: what was asked, what came, and what has to be asked next.</summary>
/// <remarks>
/// An owned session whose interface was not seen is no evidence. Its interface is looked up; whichever instance has it now joins,
/// and is read with its own sessions. So a failover or a launch between two reads never costs a session.
/// </remarks>
internal sealed class Survey(IEc2 ec2, Deployment deployment, Policy policy, CancellationToken cancellationToken)
{
    // An interface found on another instance leads to one more read; a chain of moves longer than this is left to the next event.
    private const int MostRounds = 4;

    private readonly Dictionary<Id<Instance>, Instance> _instances = [];
    private readonly Dictionary<Id<NetworkInterface>, NetworkInterface> _interfaces = [];
    private readonly Dictionary<Id<NetworkInterface>, Id<Instance>> _lastSeenOn = [];
    private readonly Dictionary<Id<TrafficMirrorSession>, TrafficMirrorSession> _sessions = [];
    private readonly Dictionary<Id<Subnet>, Tags> _subnetTags = [];
    private readonly Dictionary<Id<Vpc>, Tags> _vpcTags = [];
    private readonly HashSet<Id<Instance>> _askedInstances = [];
    private readonly HashSet<Id<NetworkInterface>> _askedInterfaces = [];
    private readonly HashSet<string> _askedDescriptions = [];
    private readonly List<Gap> _gaps = [];
    private bool _knowsAllSessions;

    private bool ReadsInterfaceTags => policy.TagLevels.Contains(TagLevel.Interface);

    /// <summary>Reads the whole account.</summary>
    public Task ReadEverythingAsync()
    {
        _knowsAllSessions = true;
        return Task.WhenAll(
            ReadInstancesAsync(new InstanceQuery.All()),
            ReadSessionsAsync(new SessionQuery.All()),
            policy.StandaloneInterfaces || ReadsInterfaceTags ? ReadInterfacesAsync(new NetworkInterfaceQuery.All()) : Task.CompletedTask);
    }

    /// <summary>Reads a part of it.</summary>
    public Task ReadAsync(Scope.Part part)
    {
        List<Task> reads = [ReadInstancesAsync(part.Instances), ReadInterfacesAsync(part.NetworkInterfaces)];
        if (part.Sessions.Count > 0)
            reads.Add(ReadSessionsAsync(new SessionQuery.WithIds(part.Sessions)));
        if (part.Vpcs.Count > 0)
        {
            reads.Add(ReadInstancesAsync(new InstanceQuery.InVpcs(part.Vpcs)));
            if (policy.StandaloneInterfaces || ReadsInterfaceTags)
                reads.Add(ReadInterfacesAsync(new NetworkInterfaceQuery.InVpcs(part.Vpcs)));
        }

        if (part.Subnets.Count > 0)
        {
            reads.Add(ReadInstancesAsync(new InstanceQuery.InSubnets(part.Subnets)));
            if (policy.StandaloneInterfaces || ReadsInterfaceTags)
                reads.Add(ReadInterfacesAsync(new NetworkInterfaceQuery.InSubnets(part.Subnets)));
        }

        return Task.WhenAll(reads);
    }

    /// <summary>Asks for what the answers so far lead to, until they lead to nothing new.</summary>
    public async Task FollowUpAsync()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var attached = _instances.Values.SelectMany(instance => instance.NetworkInterfaces).Select(each => each.Id).ToHashSet();
            var unseen = _sessions.Values
                .Where(session => deployment.Owns(session) && !attached.Contains(session.NetworkInterfaceId))
                .Select(session => session.NetworkInterfaceId).Where(id => !_askedInterfaces.Contains(id) && !_interfaces.ContainsKey(id)).ToHashSet();
            var holders = _interfaces.Values
                .Where(each => !attached.Contains(each.Id)).Select(each => each.Attachment?.InstanceId).OfType<Id<Instance>>().Where(id => !_askedInstances.Contains(id)).ToHashSet();
            var descriptions = _knowsAllSessions ? [] : _instances.Keys.Select(deployment.DescriptionFor)
                .Concat(Standalone().Select(each => deployment.DescriptionFor(each.Id))).Where(text => !_askedDescriptions.Contains(text)).ToHashSet();
            if (unseen.Count + holders.Count + descriptions.Count == 0)
                return;
            await Task.WhenAll(ReadInterfacesAsync(unseen), ReadInstancesAsync(holders), ReadSessionsAsync(descriptions));
        }
    }

    /// <summary>Reads the tags of subnets and VPCs, where the policy's tag levels ask for them.</summary>
    public Task ReadTagsOfPlacesAsync()
    {
        var interfaces = _instances.Values.SelectMany(instance => instance.NetworkInterfaces).Concat(Standalone()).ToList();
        var subnets = policy.TagLevels.Contains(TagLevel.Subnet) ? interfaces.Select(each => each.SubnetId).OfType<Id<Subnet>>().ToHashSet() : [];
        var vpcs = policy.TagLevels.Contains(TagLevel.Vpc) ? interfaces.Select(each => each.VpcId).OfType<Id<Vpc>>().ToHashSet() : [];
        return Task.WhenAll(
            subnets.Count == 0 ? Task.CompletedTask : NoteAsync("DescribeSubnets", ec2.DescribeSubnetsAsync(subnets, cancellationToken), subnet => _subnetTags[subnet.Id] = subnet.Tags),
            vpcs.Count == 0 ? Task.CompletedTask : NoteAsync("DescribeVpcs", ec2.DescribeVpcsAsync(vpcs, cancellationToken), vpc => _vpcTags[vpc.Id] = vpc.Tags));
    }

    /// <summary>What all the answers come to.</summary>
    public Inventory ToInventory(bool isFullSync) => new()
    {
        Instances = [.. _instances.Values.Select(WithWhatItHas).Select(WithOwnTags).OrderBy(instance => instance.Id)],
        StandaloneInterfaces = [.. Standalone().OrderBy(each => each.Id)],
        MissingInstances = [.. _askedInstances.Where(id => _gaps.Count == 0 && !_instances.ContainsKey(id)).Order()],

        // Describes of interfaces lag behind those of instances: what an instance shows is there.
        MissingInterfaces = [.. _askedInterfaces.Where(id => _gaps.Count == 0 && !_interfaces.ContainsKey(id) && !_lastSeenOn.ContainsKey(id)).Order()],
        Sessions = [.. _sessions.Values.OrderBy(session => session.Id)],
        SessionCoverage = isFullSync && _gaps.Count == 0 ? new SessionCoverage.Account() : SessionCoverage.OwnedOnly,
        SubnetTags = _subnetTags,
        VpcTags = _vpcTags,
        Gaps = _gaps,
    };

    /// <summary>Interfaces that are on no instance; one that is on an instance which was not read (yet) is neither here nor there.</summary>
    private IEnumerable<NetworkInterface> Standalone()
    {
        var attached = _instances.Values.SelectMany(instance => instance.NetworkInterfaces).Select(each => each.Id).ToHashSet();
        var withSession = _sessions.Values.Where(deployment.Owns).Select(session => session.NetworkInterfaceId).ToHashSet();
        return _interfaces.Values.Where(each => !attached.Contains(each.Id) && each.Attachment?.InstanceId is null
            && (policy.StandaloneInterfaces || withSession.Contains(each.Id) || _askedInterfaces.Contains(each.Id)));
    }

    /// <summary>An interface that moved between two reads was seen on both instances: it is where it was seen last.</summary>
    private Instance WithWhatItHas(Instance instance) => instance.NetworkInterfaces.All(each => _lastSeenOn[each.Id] == instance.Id) ? instance : instance with
    {
        NetworkInterfaces = [.. instance.NetworkInterfaces.Where(each => _lastSeenOn[each.Id] == instance.Id)],
    };

    private Instance WithOwnTags(Instance instance) => !ReadsInterfaceTags ? instance : instance with
    {
        NetworkInterfaces = [.. instance.NetworkInterfaces.Select(each => _interfaces.TryGetValue(each.Id, out var own) ? each with { Tags = own.Tags } : each)],
    };

    private Task ReadInstancesAsync(IReadOnlyCollection<Id<Instance>> ids)
    {
        if (ids.Count == 0)
            return Task.CompletedTask;
        _askedInstances.UnionWith(ids);
        return Task.WhenAll(
            ReadInstancesAsync(new InstanceQuery.WithIds(ids)),
            ReadSessionsAsync([.. ids.Select(deployment.DescriptionFor)]),
            ReadsInterfaceTags ? ReadInterfacesAsync(new NetworkInterfaceQuery.OfInstances(ids)) : Task.CompletedTask);
    }

    private Task ReadInterfacesAsync(IReadOnlyCollection<Id<NetworkInterface>> ids)
    {
        _askedInterfaces.UnionWith(ids);
        return ids.Count == 0 ? Task.CompletedTask : ReadInterfacesAsync(new NetworkInterfaceQuery.WithIds(ids));
    }

    private Task ReadSessionsAsync(IReadOnlyCollection<string> descriptions)
    {
        var asked = _knowsAllSessions ? [] : descriptions.Where(_askedDescriptions.Add).ToList();
        return asked.Count == 0 ? Task.CompletedTask : ReadSessionsAsync(new SessionQuery.WithDescriptions(asked));
    }

    private Task ReadInstancesAsync(InstanceQuery query) =>
        NoteAsync(Gap.Instances, ec2.DescribeInstancesAsync(query, cancellationToken), Note);

    private void Note(Instance instance)
    {
        _instances[instance.Id] = instance;
        foreach (var each in instance.NetworkInterfaces)
            _lastSeenOn[each.Id] = instance.Id;
    }

    private Task ReadInterfacesAsync(NetworkInterfaceQuery query) =>
        NoteAsync(Gap.Interfaces, ec2.DescribeNetworkInterfacesAsync(query, cancellationToken), each => _interfaces[each.Id] = each);

    private Task ReadSessionsAsync(SessionQuery query) =>
        NoteAsync(Gap.Sessions, ec2.DescribeSessionsAsync(query, cancellationToken), session => _sessions[session.Id] = session);

    private async Task NoteAsync<T>(string what, Task<Answer<IReadOnlyList<T>>> reading, Action<T> note)
    {
        var answer = await reading;
        lock (_gaps)
        {
            switch (answer)
            {
                case Answer<IReadOnlyList<T>>.Given { Value: var values }:
                    foreach (var value in values)
                        note(value);
                    break;
                case Answer<IReadOnlyList<T>>.Refused { Refusal: var refusal }:
                    _gaps.Add(new Gap(what, refusal));
                    break;
            }
        }
    }
}

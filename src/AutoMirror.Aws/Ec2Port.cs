using System.Diagnostics;
using Amazon.EC2;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Aws;

/// <summary>EC2 through the AWS SDK: what is asked, page by page and group by group. Decides nothing.</summary>
internal sealed class Ec2Port(IAmazonEC2 client, AwsCaller caller) : IEc2
{
    public IReadOnlyDictionary<string, int> Calls => caller.Calls;

    public Task<Answer<IReadOnlyList<Instance>>> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken) => (query switch
    {
        InstanceQuery.All => InstancesAsync([], cancellationToken),

        // The filter, not InstanceIds: one id that EC2 doesn't know would fail the whole call.
        InstanceQuery.WithIds { Ids: var ids } => InstancesAsync("instance-id", ids.Select(id => id.Value), cancellationToken),
        InstanceQuery.InVpcs { Ids: var ids } => InstancesAsync("network-interface.vpc-id", ids.Select(id => id.Value), cancellationToken),
        InstanceQuery.InSubnets { Ids: var ids } => InstancesAsync("network-interface.subnet-id", ids.Select(id => id.Value), cancellationToken),
        _ => throw new UnreachableException(),
    }).OnceEach(each => each.Id);

    public Task<Answer<IReadOnlyList<NetworkInterface>>> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken) => (query switch
    {
        NetworkInterfaceQuery.All => InterfacesAsync([], cancellationToken),
        NetworkInterfaceQuery.WithIds { Ids: var ids } => InterfacesAsync("network-interface-id", ids.Select(id => id.Value), cancellationToken),
        NetworkInterfaceQuery.OfInstances { Ids: var ids } => InterfacesAsync("attachment.instance-id", ids.Select(id => id.Value), cancellationToken),
        NetworkInterfaceQuery.InVpcs { Ids: var ids } => InterfacesAsync("vpc-id", ids.Select(id => id.Value), cancellationToken),
        NetworkInterfaceQuery.InSubnets { Ids: var ids } => InterfacesAsync("subnet-id", ids.Select(id => id.Value), cancellationToken),
        _ => throw new UnreachableException(),
    }).OnceEach(each => each.Id);

    public Task<Answer<IReadOnlyList<TrafficMirrorSession>>> DescribeSessionsAsync(SessionQuery query, CancellationToken cancellationToken) => (query switch
    {
        SessionQuery.All => SessionsAsync([], cancellationToken),
        SessionQuery.WithDescriptions { Descriptions: var texts } => SessionsAsync("description", texts, cancellationToken),
        SessionQuery.WithIds { Ids: var ids } => SessionsAsync("traffic-mirror-session-id", ids.Select(id => id.Value), cancellationToken),
        SessionQuery.OnInterfaces { Ids: var ids } => SessionsAsync("network-interface-id", ids.Select(id => id.Value), cancellationToken),
        _ => throw new UnreachableException(),
    }).OnceEach(each => each.Id);

    public Task<Answer<IReadOnlyList<TrafficMirrorTarget>>> DescribeTargetsAsync(CancellationToken cancellationToken) => caller.PagesAsync(
        Actions.DescribeTargets,
        (page, token) => client.DescribeTrafficMirrorTargetsAsync(new() { MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => (answer.TrafficMirrorTargets ?? []).Select(Mapping.ToTarget),
        answer => answer.NextToken,
        cancellationToken).OnceEach(target => target.Id);

    public Task<Answer<IReadOnlyList<TrafficMirrorFilter>>> DescribeFiltersAsync(IReadOnlyCollection<Id<TrafficMirrorFilter>> ids, CancellationToken cancellationToken) =>
        Paging.GroupsAsync(ids.Select(id => id.Value), group => caller.PagesAsync(
            Actions.DescribeFilters,
            (page, token) => client.DescribeTrafficMirrorFiltersAsync(new() { Filters = Filter("traffic-mirror-filter-id", group), MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.TrafficMirrorFilters ?? []).Select(Mapping.ToFilter),
            answer => answer.NextToken,
            cancellationToken)).OnceEach(filter => filter.Id);

    public Task<Answer<IReadOnlyList<Subnet>>> DescribeSubnetsAsync(IReadOnlyCollection<Id<Subnet>> ids, CancellationToken cancellationToken) =>
        Paging.GroupsAsync(ids.Select(id => id.Value), group => caller.PagesAsync(
            Actions.DescribeSubnets,
            (page, token) => client.DescribeSubnetsAsync(new() { Filters = Filter("subnet-id", group), MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.Subnets ?? []).Select(Mapping.ToSubnet),
            answer => answer.NextToken,
            cancellationToken)).OnceEach(subnet => subnet.Id);

    public Task<Answer<IReadOnlyList<Vpc>>> DescribeVpcsAsync(IReadOnlyCollection<Id<Vpc>> ids, CancellationToken cancellationToken) =>
        Paging.GroupsAsync(ids.Select(id => id.Value), group => caller.PagesAsync(
            Actions.DescribeVpcs,
            (page, token) => client.DescribeVpcsAsync(new() { Filters = Filter("vpc-id", group), MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.Vpcs ?? []).Select(Mapping.ToVpc),
            answer => answer.NextToken,
            cancellationToken)).OnceEach(vpc => vpc.Id);

    public Task<Answer<TrafficMirrorSession>> CreateSessionAsync(SessionSettings settings, string clientToken, CancellationToken cancellationToken) => caller.CreateAsync(
        Actions.CreateSession,
        async token => Mapping.ToSession((await client.CreateTrafficMirrorSessionAsync(
            new()
            {
                NetworkInterfaceId = settings.NetworkInterfaceId.Value,
                TrafficMirrorTargetId = settings.TargetId.Value,
                TrafficMirrorFilterId = settings.FilterId.Value,
                SessionNumber = settings.SessionNumber.Value,
                PacketLength = settings.PacketLength?.Bytes,
                VirtualNetworkId = settings.VirtualNetworkId?.Value,
                Description = settings.Description,
                TagSpecifications = [new() { ResourceType = ResourceType.TrafficMirrorSession, Tags = ToSdk(settings.Tags) }],
                ClientToken = clientToken,
            },
            token)).TrafficMirrorSession ?? throw new FormatException("the answer holds no session")),
        cancellationToken);

    public Task<Refusal?> ModifySessionAsync(
        Id<TrafficMirrorSession> session, SessionDifference difference, CancellationToken cancellationToken) => caller.ChangeAsync(
        Actions.ModifySession,
        token => client.ModifyTrafficMirrorSessionAsync(
            new()
            {
                TrafficMirrorSessionId = session.Value,
                TrafficMirrorTargetId = difference.TargetId?.Value,
                TrafficMirrorFilterId = difference.FilterId?.Value,
                SessionNumber = difference.SessionNumber?.Value,
                PacketLength = difference.PacketLength?.Bytes,
                VirtualNetworkId = difference.VirtualNetworkId?.Value,
                Description = difference.Description,
                RemoveFields = difference.RemovePacketLength ? ["packet-length"] : null,
            },
            token),
        cancellationToken);

    public Task<Refusal?> TagSessionAsync(Id<TrafficMirrorSession> session, Tags tags, CancellationToken cancellationToken) => caller.ChangeAsync(
        Actions.CreateTags,
        token => client.CreateTagsAsync(new Sdk.CreateTagsRequest { Resources = [session.Value], Tags = ToSdk(tags) }, token),
        cancellationToken);

    public Task<Refusal?> UntagSessionAsync(Id<TrafficMirrorSession> session, string key, CancellationToken cancellationToken) => caller.ChangeAsync(
        Actions.DeleteTags,
        token => client.DeleteTagsAsync(new Sdk.DeleteTagsRequest { Resources = [session.Value], Tags = [new Sdk.Tag { Key = key }] }, token),
        cancellationToken);

    public async Task<Refusal?> DeleteSessionAsync(Id<TrafficMirrorSession> session, CancellationToken cancellationToken)
    {
        var refusal = await caller.ChangeAsync(
            Actions.DeleteSession,
            token => client.DeleteTrafficMirrorSessionAsync(new Sdk.DeleteTrafficMirrorSessionRequest { TrafficMirrorSessionId = session.Value }, token),
            cancellationToken);

        // Somebody was faster, or a first attempt went through although its answer was lost.
        return refusal is { Kind: RefusalKind.SessionGone } ? null : refusal;
    }

    private Task<Answer<IReadOnlyList<Instance>>> InstancesAsync(string filter, IEnumerable<string> values, CancellationToken cancellationToken) =>
        Paging.GroupsAsync(values, group => InstancesAsync(Filter(filter, group), cancellationToken));

    private Task<Answer<IReadOnlyList<Instance>>> InstancesAsync(List<Sdk.Filter> filters, CancellationToken cancellationToken) => caller.PagesAsync(
        Actions.DescribeInstances,
        (page, token) => client.DescribeInstancesAsync(new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => (answer.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []).Select(Mapping.ToInstance),
        answer => answer.NextToken,
        cancellationToken);

    private Task<Answer<IReadOnlyList<NetworkInterface>>> InterfacesAsync(string filter, IEnumerable<string> values, CancellationToken cancellationToken) =>
        Paging.GroupsAsync(values, group => InterfacesAsync(Filter(filter, group), cancellationToken));

    private Task<Answer<IReadOnlyList<NetworkInterface>>> InterfacesAsync(List<Sdk.Filter> filters, CancellationToken cancellationToken) => caller.PagesAsync(
        Actions.DescribeInterfaces,
        (page, token) => client.DescribeNetworkInterfacesAsync(new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => (answer.NetworkInterfaces ?? []).Select(Mapping.ToNetworkInterface),
        answer => answer.NextToken,
        cancellationToken);

    private Task<Answer<IReadOnlyList<TrafficMirrorSession>>> SessionsAsync(string filter, IEnumerable<string> values, CancellationToken cancellationToken) =>
        Paging.GroupsAsync(values, group => SessionsAsync(Filter(filter, group), cancellationToken));

    private Task<Answer<IReadOnlyList<TrafficMirrorSession>>> SessionsAsync(List<Sdk.Filter> filters, CancellationToken cancellationToken) => caller.PagesAsync(
        Actions.DescribeSessions,
        (page, token) => client.DescribeTrafficMirrorSessionsAsync(new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => (answer.TrafficMirrorSessions ?? []).Select(Mapping.ToSession),
        answer => answer.NextToken,
        cancellationToken);

    private static List<Sdk.Filter> Filter(string name, List<string> values) => [new() { Name = name, Values = values }];

    private static List<Sdk.Tag> ToSdk(Tags tags) => [.. tags.Pairs.Select(pair => new Sdk.Tag(pair.Key, pair.Value))];
}

using Amazon.EC2;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Aws;

/// <summary>EC2 through the AWS SDK: what is asked, page by page and group by group. Decides nothing.</summary>
internal sealed class Ec2Port(IAmazonEC2 client, AwsCaller caller) : IEc2
{
    private bool _knowsManaged = true;

    public IReadOnlyDictionary<string, int> Calls => caller.Calls;

    public Task<Answer<IReadOnlyList<Instance>>> DescribeInstancesAsync(Query<Instance> query, CancellationToken cancellationToken) =>
        ReadAsync(
        query,
        filters => caller.PagesAsync(
            Actions.DescribeInstances,
            (page, token) =>
                WithManagedAsync(includes => client.DescribeInstancesAsync(
                    new()
                    {
                        Filters = filters,
                        MaxResults = Paging.PageSize,
                        NextToken = page,
                        IncludeManagedResources = includes,
                    }, token)),
            answer => (answer.Reservations ?? []).SelectMany(reservation =>
                (reservation.Instances ?? []).Select(instance => Mapping.ToInstance(instance, reservation.OwnerId))),
            answer => answer.NextToken,
            cancellationToken),
        instance => instance.Id);

    public Task<Answer<IReadOnlyList<NetworkInterface>>> DescribeNetworkInterfacesAsync(
        Query<NetworkInterface> query, CancellationToken cancellationToken) => ReadAsync(
        query,
        filters => caller.PagesAsync(
            Actions.DescribeInterfaces,
            (page, token) =>
                WithManagedAsync(includes => client.DescribeNetworkInterfacesAsync(
                    new()
                    {
                        Filters = filters,
                        MaxResults = Paging.PageSize,
                        NextToken = page,
                        IncludeManagedResources = includes,
                    }, token)),
            answer => (answer.NetworkInterfaces ?? []).Select(Mapping.ToNetworkInterface),
            answer => answer.NextToken,
            cancellationToken),
        each => each.Id);

    public Task<Answer<IReadOnlyList<TrafficMirrorSession>>> DescribeSessionsAsync(
        Query<TrafficMirrorSession> query, CancellationToken cancellationToken) => ReadAsync(
        query,
        filters => caller.PagesAsync(
            Actions.DescribeSessions,
            (page, token) =>
                client.DescribeTrafficMirrorSessionsAsync(
                    new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => Mapping.ToSessions(answer.TrafficMirrorSessions),
            answer => answer.NextToken,
            cancellationToken),
        session => session.Id);

    public Task<Answer<IReadOnlyList<TrafficMirrorTarget>>> DescribeTargetsAsync(CancellationToken cancellationToken) => ReadAsync(
        Query.All<TrafficMirrorTarget>(),
        filters => caller.PagesAsync(
            Actions.DescribeTargets,
            (page, token) =>
                client.DescribeTrafficMirrorTargetsAsync(
                    new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.TrafficMirrorTargets ?? []).Select(Mapping.ToTarget),
            answer => answer.NextToken,
            cancellationToken),
        target => target.Id);

    public Task<Answer<IReadOnlyList<TrafficMirrorFilter>>> DescribeFiltersAsync(
        IReadOnlyCollection<Id<TrafficMirrorFilter>> ids, CancellationToken cancellationToken) => ReadAsync(
        new Query<TrafficMirrorFilter>("traffic-mirror-filter-id", [.. ids.Select(id => id.Value)]),
        filters => caller.PagesAsync(
            Actions.DescribeFilters,
            (page, token) =>
                client.DescribeTrafficMirrorFiltersAsync(
                    new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.TrafficMirrorFilters ?? []).Select(Mapping.ToFilter),
            answer => answer.NextToken,
            cancellationToken),
        filter => filter.Id);

    public Task<Answer<IReadOnlyList<Subnet>>> DescribeSubnetsAsync(
        IReadOnlyCollection<Id<Subnet>> ids, CancellationToken cancellationToken) => ReadAsync(
        new Query<Subnet>("subnet-id", [.. ids.Select(id => id.Value)]),
        filters => caller.PagesAsync(
            Actions.DescribeSubnets,
            (page, token) =>
                client.DescribeSubnetsAsync(new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.Subnets ?? []).Select(Mapping.ToSubnet),
            answer => answer.NextToken,
            cancellationToken),
        subnet => subnet.Id);

    public Task<Answer<IReadOnlyList<Vpc>>> DescribeVpcsAsync(IReadOnlyCollection<Id<Vpc>> ids, CancellationToken cancellationToken) =>
        ReadAsync(
        new Query<Vpc>("vpc-id", [.. ids.Select(id => id.Value)]),
        filters => caller.PagesAsync(
            Actions.DescribeVpcs,
            (page, token) => client.DescribeVpcsAsync(new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.Vpcs ?? []).Select(Mapping.ToVpc),
            answer => answer.NextToken,
            cancellationToken),
        vpc => vpc.Id);

    public Task<Answer<IReadOnlyList<VpcEndpoint>>> DescribeEndpointsAsync(
        IReadOnlyCollection<Id<VpcEndpoint>> ids, CancellationToken cancellationToken) => ReadAsync(
        new Query<VpcEndpoint>("vpc-endpoint-id", [.. ids.Select(id => id.Value)]),
        filters => caller.PagesAsync(
            Actions.DescribeEndpoints,
            (page, token) =>
                client.DescribeVpcEndpointsAsync(new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => (answer.VpcEndpoints ?? []).Select(Mapping.ToEndpoint),
            answer => answer.NextToken,
            cancellationToken),
        endpoint => endpoint.Id);

    public Task<Answer<TrafficMirrorSession>> CreateSessionAsync(
        SessionSettings settings, string clientToken, CancellationToken cancellationToken) => caller.CreateAsync(
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
                RemoveFields = difference.RemovesFields ? FieldsToRemove(difference) : null,
            },
            token),
        cancellationToken);

    public Task<Refusal?> TagSessionAsync(Id<TrafficMirrorSession> session, Tags tags, CancellationToken cancellationToken) =>
        caller.ChangeAsync(
        Actions.CreateTags,
        token => client.CreateTagsAsync(new Sdk.CreateTagsRequest { Resources = [session.Value], Tags = ToSdk(tags) }, token),
        cancellationToken);

    public Task<Refusal?> UntagSessionAsync(
        Id<TrafficMirrorSession> session, IReadOnlyList<string> keys, CancellationToken cancellationToken) => caller.ChangeAsync(
        Actions.DeleteTags,
        token => client.DeleteTagsAsync(
            new Sdk.DeleteTagsRequest { Resources = [session.Value], Tags = [.. keys.Select(key => new Sdk.Tag { Key = key })] }, token),
        cancellationToken);

    public async Task<Refusal?> DeleteSessionAsync(Id<TrafficMirrorSession> session, CancellationToken cancellationToken)
    {
        var refusal = await caller.ChangeAsync(
            Actions.DeleteSession,
            token =>
                client.DeleteTrafficMirrorSessionAsync(
                    new Sdk.DeleteTrafficMirrorSessionRequest { TrafficMirrorSessionId = session.Value }, token),
            cancellationToken);

        // Somebody was faster, or a first attempt went through although its answer was lost.
        return refusal is { Kind: RefusalKind.SessionGone } ? null : refusal;
    }

    // What AWS services manage is hidden unless asked for (EC2 API,
    // IncludeManagedResources, since April 2026). A partition, or a stand-in for
    // EC2, that does not know the parameter yet hides nothing, and is asked without it.
    private async Task<T> WithManagedAsync<T>(Func<bool?, Task<T>> describe)
    {
        if (_knowsManaged)
        {
            try
            {
                return await describe(true);
            }
            catch (AmazonEC2Exception error) when (
                error.ErrorCode is "UnknownParameter" && error.Message.Contains("IncludeManagedResources", StringComparison.Ordinal))
            {
                _knowsManaged = false;
            }
        }

        return await describe(null);
    }

    private static List<string> FieldsToRemove(SessionDifference difference) =>
    [
        .. difference.RemovePacketLength ? (string[])["packet-length"] : [],
        .. difference.RemoveVirtualNetworkId ? (string[])["virtual-network-id"] : [],
    ];

    /// <summary>Asks for the values of a query in groups, and gives each resource once.</summary>
    private static Task<Answer<IReadOnlyList<T>>> ReadAsync<T, TKey>(
        Query<T> query, Func<List<Sdk.Filter>, Task<Answer<IReadOnlyList<T>>>> read, Func<T, TKey> key) =>
        (query.Filter is { } name
            ? Paging.GroupsAsync(query.Values, group => read([new Sdk.Filter { Name = name, Values = group }]))
            : read([])).OnceEach(key);

    private static List<Sdk.Tag> ToSdk(Tags tags) => [.. tags.Pairs.Select(pair => new Sdk.Tag(pair.Key, pair.Value))];
}

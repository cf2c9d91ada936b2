using AutoMirror.Aws;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Snapshots;

/// <summary>EC2 as one reading of the account shows it: every question is answered out of whole lists. Nothing can be changed.</summary>
internal sealed class SnapshotEc2(IAccountSource source) : IEc2
{
    public IReadOnlyDictionary<string, int> Calls => new Dictionary<string, int>();

    public async Task<Answer<IReadOnlyList<Instance>>> DescribeInstancesAsync(Query<Instance> query, CancellationToken cancellationToken) =>
        Selected(
            (await source.ReadAsync(Listings.Reservations, cancellationToken)).Select(
                IReadOnlyList<(Amazon.EC2.Model.Instance Instance, string Owner)> (reservations) =>
                    [.. reservations.SelectMany(each => (each.Instances ?? []).Select(instance => (instance, each.OwnerId)))]),
            each => Mapping.ToInstance(each.Instance, each.Owner), query, instance => query.Filter switch
            {
                "instance-id" => [instance.Id.Value],
                "network-interface.network-interface-id" => instance.NetworkInterfaces.Select(each => each.Id.Value),
                "network-interface.vpc-id" => instance.NetworkInterfaces.Select(each => each.VpcId?.Value),
                "network-interface.subnet-id" => instance.NetworkInterfaces.Select(each => each.SubnetId?.Value),
                _ => throw Unknown(query.Filter),
            });

    public async Task<Answer<IReadOnlyList<NetworkInterface>>> DescribeNetworkInterfacesAsync(
        Query<NetworkInterface> query, CancellationToken cancellationToken)
    {
        var answer = Selected(
            await source.ReadAsync(Listings.NetworkInterfaces, cancellationToken), Mapping.ToNetworkInterface, query,
            each => query.Filter switch
            {
                "network-interface-id" => [each.Id.Value],
                "vpc-id" => [each.VpcId?.Value],
                "subnet-id" => [each.SubnetId?.Value],
                "attachment.instance-id" => [each.Attachment?.InstanceId?.Value],
                _ => throw Unknown(query.Filter),
            });

        // That an interface is gone takes a second read some seconds later, as for the function.
        return query.Filter == "network-interface-id" && source.Port is { } live && answer.TryGet(out var found, out _)
            && found.Count < query.Values.Count
            ? await live.DescribeNetworkInterfacesAsync(query, cancellationToken)
            : answer;
    }

    public async Task<Answer<IReadOnlyList<TrafficMirrorSession>>> DescribeSessionsAsync(
        Query<TrafficMirrorSession> query, CancellationToken cancellationToken) =>
        Selected(
            (await source.ReadAsync(Listings.Sessions, cancellationToken)).Select(
                IReadOnlyList<TrafficMirrorSession> (sessions) => [.. Mapping.ToSessions(sessions)]),
            session => session, query, session => query.Filter switch
            {
                "traffic-mirror-session-id" => [session.Id.Value],
                "network-interface-id" => [session.NetworkInterfaceId.Value],
                "traffic-mirror-target-id" => [session.TargetId.Value],
                "description" => [session.Description],
                _ => throw Unknown(query.Filter),
            });

    public async Task<Answer<IReadOnlyList<TrafficMirrorTarget>>> DescribeTargetsAsync(CancellationToken cancellationToken) => Selected(
        await source.ReadAsync(Listings.Targets, cancellationToken), Mapping.ToTarget, Query.All<TrafficMirrorTarget>(), _ => []);

    public async Task<Answer<IReadOnlyList<TrafficMirrorFilter>>> DescribeFiltersAsync(
        IReadOnlyCollection<Id<TrafficMirrorFilter>> ids, CancellationToken cancellationToken) => Of(
        await source.ReadAsync(Listings.Filters, cancellationToken), Mapping.ToFilter, ids, filter => filter.Id);

    public async Task<Answer<IReadOnlyList<Subnet>>> DescribeSubnetsAsync(
        IReadOnlyCollection<Id<Subnet>> ids, CancellationToken cancellationToken) => Of(
        await source.ReadAsync(Listings.Subnets, cancellationToken), Mapping.ToSubnet, ids, subnet => subnet.Id);

    public async Task<Answer<IReadOnlyList<Vpc>>> DescribeVpcsAsync(
        IReadOnlyCollection<Id<Vpc>> ids, CancellationToken cancellationToken) => Of(
        await source.ReadAsync(Listings.Vpcs, cancellationToken), Mapping.ToVpc, ids, vpc => vpc.Id);

    public async Task<Answer<IReadOnlyList<VpcEndpoint>>> DescribeEndpointsAsync(
        IReadOnlyCollection<Id<VpcEndpoint>> ids, CancellationToken cancellationToken) => Of(
        await source.ReadAsync(Listings.Endpoints, cancellationToken), Mapping.ToEndpoint, ids, endpoint => endpoint.Id);

    public Task<Answer<TrafficMirrorSession>> CreateSessionAsync(
        SessionSettings settings, string clientToken, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<Refusal?> ModifySessionAsync(
        Id<TrafficMirrorSession> session, SessionDifference difference, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<Refusal?> TagSessionAsync(Id<TrafficMirrorSession> session, Tags tags, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public Task<Refusal?> UntagSessionAsync(
        Id<TrafficMirrorSession> session, IReadOnlyList<string> keys, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<Refusal?> DeleteSessionAsync(Id<TrafficMirrorSession> session, CancellationToken cancellationToken) => throw ReadOnly();

    private static Answer<IReadOnlyList<T>> Of<TSdk, T>(
        Answer<IReadOnlyList<TSdk>> list, Func<TSdk, T> map, IReadOnlyCollection<Id<T>> ids, Func<T, Id<T>> idOf)
        where T : IEc2Resource =>
        Selected(list, map, new Query<T>("id", [.. ids.Select(id => id.Value)]), each => [idOf(each).Value]);

    /// <summary>Those of a list that a query asks for.</summary>
    /// <param name="keysOf">What the query's filter compares, of one resource.</param>
    private static Answer<IReadOnlyList<T>> Selected<TSdk, T>(
        Answer<IReadOnlyList<TSdk>> list, Func<TSdk, T> map, Query<T> query, Func<T, IEnumerable<string?>> keysOf)
    {
        try
        {
            var wanted = query.Values.ToHashSet(StringComparer.Ordinal);
            return list.Select(
                IReadOnlyList<T> (items) =>
                [
                    .. items.Select(map).Where(each => query.Filter is null
                        || keysOf(each).Any(key => key is not null && wanted.Contains(key))),
                ]);
        }
        catch (FormatException problem)
        {
            return new Answer<IReadOnlyList<T>>.Refused(new Refusal(RefusalKind.Other, RefusalCodes.UnreadableAnswer, problem.Message));
        }
    }

    private static ArgumentException Unknown(string? filter) => new($"A snapshot has no filter {filter}.");

    private static InvalidOperationException ReadOnly() => new("A snapshot is only read.");
}

using Amazon.EC2;
using Amazon.EC2.Model;
using AutoMirror.Aws;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Accounts;

/// <summary>The account that the environment names, page by page, with the function's own retries.</summary>
internal sealed class LiveAccount : IAccountReads
{
    // A person waits.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly AmazonEC2Client _ec2;
    private readonly AwsCaller _caller;

    private LiveAccount(AmazonEC2Client ec2)
    {
        _ec2 = ec2;
        var time = TimeProvider.System;
        _caller = new(new RetryPolicy(time, time.GetUtcNow() + Limit, Random.Shared.NextDouble));
    }

    /// <summary>The account that the environment names, as it does for the function.</summary>
    /// <exception cref="CommandException">There is no Region, or there are no credentials.</exception>
    public static LiveAccount FromEnvironment()
    {
        List<string> errors = [];
        var settings = Settings.Read(Environment.GetEnvironmentVariable, errors);
        var credentials = Clients.Credentials(Environment.GetEnvironmentVariable, errors);
        return errors.Count == 0
            ? new(Clients.Ec2(settings, credentials))
            : throw new CommandException(string.Join("; ", errors));
    }

    public Task<IReadOnlyList<TrafficMirrorSession>> SessionsAsync(CancellationToken cancellationToken) => GivenAsync(
        _caller.PagesAsync(
            Actions.DescribeSessions,
            (page, token) => _ec2.DescribeTrafficMirrorSessionsAsync(new() { MaxResults = Paging.PageSize, NextToken = page }, token),
            answer => answer.TrafficMirrorSessions ?? [],
            answer => answer.NextToken,
            cancellationToken),
        Actions.DescribeSessions);

    // What AWS services manage is mirrored too, and hidden unless asked for.
    public Task<IReadOnlyList<NetworkInterface>> NetworkInterfacesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => GroupsAsync(
        ids, Actions.DescribeInterfaces, "network-interface-id",
        (filters, page, token) => _ec2.DescribeNetworkInterfacesAsync(
            new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page, IncludeManagedResources = true }, token),
        answer => answer.NetworkInterfaces ?? [],
        answer => answer.NextToken,
        cancellationToken);

    public Task<IReadOnlyList<Instance>> InstancesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        GroupsAsync(
            ids, Actions.DescribeInstances, "instance-id",
            (filters, page, token) => _ec2.DescribeInstancesAsync(
                new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page, IncludeManagedResources = true }, token),
            answer => (answer.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []),
            answer => answer.NextToken,
            cancellationToken);

    public Task<IReadOnlyList<TrafficMirrorFilter>> FiltersAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => GroupsAsync(
        ids, Actions.DescribeFilters, "traffic-mirror-filter-id",
        (filters, page, token) => _ec2.DescribeTrafficMirrorFiltersAsync(
            new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => answer.TrafficMirrorFilters ?? [],
        answer => answer.NextToken,
        cancellationToken);

    public Task<IReadOnlyList<TrafficMirrorTarget>> TargetsAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => GroupsAsync(
        ids, Actions.DescribeTargets, "traffic-mirror-target-id",
        (filters, page, token) => _ec2.DescribeTrafficMirrorTargetsAsync(
            new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => answer.TrafficMirrorTargets ?? [],
        answer => answer.NextToken,
        cancellationToken);

    public Task<IReadOnlyList<SecurityGroup>> SecurityGroupsAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => GroupsAsync(
        ids, "DescribeSecurityGroups", "group-id",
        (filters, page, token) => _ec2.DescribeSecurityGroupsAsync(
            new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => answer.SecurityGroups ?? [],
        answer => answer.NextToken,
        cancellationToken);

    public Task<IReadOnlyList<Vpc>> VpcsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => GroupsAsync(
        ids, Actions.DescribeVpcs, "vpc-id",
        (filters, page, token) => _ec2.DescribeVpcsAsync(
            new() { Filters = filters, MaxResults = Paging.PageSize, NextToken = page }, token),
        answer => answer.Vpcs ?? [],
        answer => answer.NextToken,
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _ec2.Dispose();

    /// <summary>By filters, never by ids: one id that EC2 does not know would fail the whole call.</summary>
    private Task<IReadOnlyList<TItem>> GroupsAsync<TPage, TItem>(
        IReadOnlyCollection<string> ids, string action, string filter,
        Func<List<Filter>, string?, CancellationToken, Task<TPage>> call, Func<TPage, IEnumerable<TItem>> items,
        Func<TPage, string?> nextToken, CancellationToken cancellationToken) => GivenAsync(
        Paging.GroupsAsync(
            ids,
            group => _caller.PagesAsync(
                action, (page, token) => call([new Filter { Name = filter, Values = group }], page, token), items, nextToken,
                cancellationToken)),
        action);

    private static async Task<IReadOnlyList<T>> GivenAsync<T>(Task<Answer<IReadOnlyList<T>>> reading, string action) =>
        (await reading).TryGet(out var items, out var refusal)
            ? items
            : throw new CommandException($"{action} was refused: {refusal}");
}

using Amazon.EC2;
using Amazon.EC2.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Snapshots;

/// <summary>One describe of a whole account: how the aws CLI calls it, and how EC2 is asked for a page of it.</summary>
/// <param name="Command">The aws CLI's command, such as <c>describe-instances</c>: a recording has a file of that name.</param>
/// <param name="Root">The member of the answer that holds the list.</param>
/// <param name="Action">EC2's action.</param>
/// <param name="PageAsync">Asks for the page at a token, and answers with its items and the next token.</param>
internal sealed record Listing<T>(
    string Command, string Root, string Action,
    Func<AmazonEC2Client, string?, CancellationToken, Task<(List<T>? Items, string? Next)>> PageAsync);

/// <summary>Every describe that a verb may need.</summary>
internal static class Listings
{
    private const int PageSize = Aws.Paging.PageSize;

    // What AWS services manage is hidden unless asked for, and can be mirrored all the same (EC2 API, IncludeManagedResources).
    public static Listing<Reservation> Reservations { get; } = new(
        "describe-instances", "Reservations", Actions.DescribeInstances, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeInstancesAsync(
                new() { MaxResults = PageSize, NextToken = page, IncludeManagedResources = true }, token);
            return (answer.Reservations, answer.NextToken);
        });

    public static Listing<NetworkInterface> NetworkInterfaces { get; } = new(
        "describe-network-interfaces", "NetworkInterfaces", Actions.DescribeInterfaces, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeNetworkInterfacesAsync(
                new() { MaxResults = PageSize, NextToken = page, IncludeManagedResources = true }, token);
            return (answer.NetworkInterfaces, answer.NextToken);
        });

    public static Listing<TrafficMirrorSession> Sessions { get; } = new(
        "describe-traffic-mirror-sessions", "TrafficMirrorSessions", Actions.DescribeSessions, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeTrafficMirrorSessionsAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.TrafficMirrorSessions, answer.NextToken);
        });

    public static Listing<TrafficMirrorTarget> Targets { get; } = new(
        "describe-traffic-mirror-targets", "TrafficMirrorTargets", Actions.DescribeTargets, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeTrafficMirrorTargetsAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.TrafficMirrorTargets, answer.NextToken);
        });

    public static Listing<TrafficMirrorFilter> Filters { get; } = new(
        "describe-traffic-mirror-filters", "TrafficMirrorFilters", Actions.DescribeFilters, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeTrafficMirrorFiltersAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.TrafficMirrorFilters, answer.NextToken);
        });

    public static Listing<Subnet> Subnets { get; } = new(
        "describe-subnets", "Subnets", Actions.DescribeSubnets, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeSubnetsAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.Subnets, answer.NextToken);
        });

    public static Listing<Vpc> Vpcs { get; } = new(
        "describe-vpcs", "Vpcs", Actions.DescribeVpcs, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeVpcsAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.Vpcs, answer.NextToken);
        });

    public static Listing<VpcEndpoint> Endpoints { get; } = new(
        "describe-vpc-endpoints", "VpcEndpoints", Actions.DescribeEndpoints, async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeVpcEndpointsAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.VpcEndpoints, answer.NextToken);
        });

    public static Listing<SecurityGroup> SecurityGroups { get; } = new(
        "describe-security-groups", "SecurityGroups", "DescribeSecurityGroups", async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeSecurityGroupsAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.SecurityGroups, answer.NextToken);
        });

    // The service model has no more than 100 results.
    public static Listing<RouteTable> RouteTables { get; } = new(
        "describe-route-tables", "RouteTables", "DescribeRouteTables", async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeRouteTablesAsync(new() { MaxResults = 100, NextToken = page }, token);
            return (answer.RouteTables, answer.NextToken);
        });

    public static Listing<NetworkAcl> NetworkAcls { get; } = new(
        "describe-network-acls", "NetworkAcls", "DescribeNetworkAcls", async (ec2, page, token) =>
        {
            var answer = await ec2.DescribeNetworkAclsAsync(new() { MaxResults = PageSize, NextToken = page }, token);
            return (answer.NetworkAcls, answer.NextToken);
        });
}

using System.Net;
using Amazon.EC2.Model;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Which way a subnet's route table sends copies that go to another VPC ("Configure route tables" in the VPC User
/// Guide).</summary>
internal static class RouteChecks
{
    /// <summary>What the route to an address is.</summary>
    /// <param name="IsLost">Whether packets get lost there.</param>
    /// <param name="Why">Where packets go; null where they arrive as far as EC2 shows it.</param>
    public readonly record struct Way(bool IsLost, string? Why);

    /// <summary>Follows a packet's first step out of a subnet.</summary>
    public static Way Follow(IReadOnlyList<RouteTable> tables, string subnet, string vpc, string address)
    {
        var table = tables.FirstOrDefault(each => (each.Associations ?? []).Exists(association => association.SubnetId == subnet))
            ?? tables.FirstOrDefault(each =>
                each.VpcId == vpc && (each.Associations ?? []).Exists(association => association.Main is true));
        if (table is null)
            return new(false, $"the route table of {subnet} can't be seen");
        var route = (table.Routes ?? []).Select(each => (Route: each, Range: Covering(each.DestinationCidrBlock, address)))
            .Where(each => each.Range is not null).OrderByDescending(each => each.Range!.Value.PrefixLength).FirstOrDefault().Route;
        return route switch
        {
            null when (table.Routes ?? []).Exists(each => each.DestinationPrefixListId is not null) =>
                new(false, $"{table.RouteTableId} has routes to prefix lists, which are not read"),
            null => new(true, $"{table.RouteTableId} has no route to {address}"),
            { State.Value: "blackhole" } => new(true, $"the route of {table.RouteTableId} to {route.DestinationCidrBlock} is a blackhole"),
            { VpcPeeringConnectionId: not null } => new(false, null),
            { TransitGatewayId: { } gateway } => new(false, $"{table.RouteTableId} sends them to {gateway}, whose own routes are not read"),
            { GatewayId: "local" } => new(true, $"{table.RouteTableId} takes {address} for an address of {vpc} itself"),
            { GatewayId: { } gateway } when gateway.StartsWith("igw-", StringComparison.Ordinal) =>
                new(true, $"{table.RouteTableId} sends them to {gateway}, and the Internet has no way to {address}"),
            { NatGatewayId: { } gateway } => new(true, $"{table.RouteTableId} sends them to {gateway}, which has no way to {address}"),
            _ => new(false, $"{table.RouteTableId} sends them to {route.GatewayId ?? route.NetworkInterfaceId ?? route.InstanceId
                ?? route.LocalGatewayId ?? route.CoreNetworkArn}, behind which nothing can be seen"),
        };
    }

    private static IPNetwork? Covering(string? range, string address) =>
        IPNetwork.TryParse(range, out var network) && IPAddress.TryParse(address, out var one) && network.Contains(one) ? network : null;
}

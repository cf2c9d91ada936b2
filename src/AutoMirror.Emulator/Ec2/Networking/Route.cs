namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A route: where traffic to a range of addresses goes.</summary>
/// <param name="Destination">An IPv4 or IPv6 range.</param>
/// <param name="Target">What it leads to.</param>
/// <param name="TargetId">The id of what it leads to, for example <c>pcx-0123456789abcdef0</c>; <c>local</c> for the VPC itself.</param>
/// <param name="Origin">Who made it: <c>CreateRouteTable</c> or <c>CreateRoute</c>.</param>
public sealed record Route(string Destination, RouteTarget Target, string TargetId, string Origin = "CreateRoute")
{
    internal const string Local = "local";

    internal bool IsVersion6 => Destination.Contains(':', StringComparison.Ordinal);
}

/// <summary>What a route can lead to.</summary>
public enum RouteTarget
{
    /// <summary>An internet gateway, a virtual private gateway, or the VPC itself.</summary>
    Gateway,
    EgressOnlyInternetGateway,
    NatGateway,
    NetworkInterface,
    Instance,
    TransitGateway,
    VpcPeeringConnection,
    VpcEndpoint,
}

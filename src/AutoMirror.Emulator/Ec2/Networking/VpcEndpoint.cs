using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>An endpoint of a Gateway Load Balancer: the way from a VPC to the appliances behind it.</summary>
public sealed record VpcEndpoint : Resource
{
    public required string VpcId { get; init; }

    /// <summary>The name of the endpoint service that it leads to.</summary>
    public required string ServiceName { get; init; }

    /// <summary>The subnet that it is in; an endpoint of this type has one.</summary>
    public required string SubnetId { get; init; }

    public required string NetworkInterfaceId { get; init; }

    /// <summary><c>available</c>, or <c>pendingAcceptance</c> until the service's owner accepts it.</summary>
    public required string State { get; init; }

    public required DateTimeOffset CreationTimestamp { get; init; }
}

/// <summary>An endpoint service: Gateway Load Balancers that endpoints lead to.</summary>
public sealed record EndpointService : Resource
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> GatewayLoadBalancerArns { get; init; }

    /// <summary>Whether each endpoint has to be accepted.</summary>
    public bool AcceptanceRequired { get; init; }
}

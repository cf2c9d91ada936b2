using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A Gateway Load Balancer endpoint, which can be a mirror target: in one subnet, with one interface ("Access virtual appliances
/// through AWS PrivateLink" in the PrivateLink guide).</summary>
public sealed record VpcEndpoint : Resource
{
    public required string VpcId { get; init; }

    public required string SubnetId { get; init; }

    /// <summary>The endpoint service that the load balancer stands behind.</summary>
    public required string ServiceName { get; init; }

    public required string NetworkInterfaceId { get; init; }
}

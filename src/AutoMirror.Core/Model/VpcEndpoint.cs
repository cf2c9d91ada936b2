namespace AutoMirror.Core.Model;

/// <summary>A VPC endpoint; those of Gateway Load Balancers can be mirror targets.</summary>
/// <param name="VpcId">The VPC that it lies in.</param>
/// <param name="NetworkInterfaceIds">Its interfaces: one for each of its subnets. That of a Gateway Load Balancer has one.</param>
internal sealed record VpcEndpoint(
    Id<VpcEndpoint> Id, Id<Vpc>? VpcId, IReadOnlyList<Id<NetworkInterface>> NetworkInterfaceIds) : IEc2Resource
{
    public static string IdPrefix => "vpce-";
}

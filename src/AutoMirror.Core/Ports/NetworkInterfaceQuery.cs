using AutoMirror.Core.Model;

namespace AutoMirror.Core.Ports;

/// <summary>Which network interfaces.</summary>
internal abstract record NetworkInterfaceQuery
{
    private NetworkInterfaceQuery()
    {
    }

    /// <summary>All of the account in this Region.</summary>
    public sealed record All : NetworkInterfaceQuery;

    /// <summary>Those with these ids, as far as EC2 knows them.</summary>
    /// <param name="Ids">The ids, any number.</param>
    public sealed record WithIds(IReadOnlyCollection<Id<NetworkInterface>> Ids) : NetworkInterfaceQuery;

    /// <summary>Those attached to these instances.</summary>
    /// <param name="Ids">The instances.</param>
    public sealed record OfInstances(IReadOnlyCollection<Id<Instance>> Ids) : NetworkInterfaceQuery;

    /// <summary>Those in these VPCs.</summary>
    /// <param name="Ids">The VPCs.</param>
    public sealed record InVpcs(IReadOnlyCollection<Id<Vpc>> Ids) : NetworkInterfaceQuery;

    /// <summary>Those in these subnets.</summary>
    /// <param name="Ids">The subnets.</param>
    public sealed record InSubnets(IReadOnlyCollection<Id<Subnet>> Ids) : NetworkInterfaceQuery;
}

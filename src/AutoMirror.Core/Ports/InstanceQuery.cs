using AutoMirror.Core.Model;

namespace AutoMirror.Core.Ports;

/// <summary>Which instances.</summary>
internal abstract record InstanceQuery
{
    private InstanceQuery()
    {
    }

    /// <summary>All of the account in this Region.</summary>
    public sealed record All : InstanceQuery;

    /// <summary>Those with these ids, as far as EC2 knows them.</summary>
    /// <param name="Ids">The ids, any number.</param>
    public sealed record WithIds(IReadOnlyCollection<Id<Instance>> Ids) : InstanceQuery;

    /// <summary>Those with an interface in these VPCs.</summary>
    /// <param name="Ids">The VPCs.</param>
    public sealed record InVpcs(IReadOnlyCollection<Id<Vpc>> Ids) : InstanceQuery;

    /// <summary>Those with an interface in these subnets.</summary>
    /// <param name="Ids">The subnets.</param>
    public sealed record InSubnets(IReadOnlyCollection<Id<Subnet>> Ids) : InstanceQuery;
}

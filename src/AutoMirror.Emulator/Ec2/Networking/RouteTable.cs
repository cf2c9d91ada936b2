using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A route table.</summary>
public sealed record RouteTable : Resource
{
    public required string VpcId { get; init; }

    /// <summary>The account of the VPC.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The id of its association as the main table of its VPC; null when another one is that.</summary>
    public string? MainAssociationId { get; init; }

    /// <summary>Whether it routes the subnets of its VPC that no other table is associated with.</summary>
    public bool IsMain => MainAssociationId is not null;

    /// <summary>The ids of the subnets that it routes, by the id of the association.</summary>
    public IReadOnlyDictionary<string, string> SubnetsByAssociation { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Route> Routes { get; init; } = [];
}

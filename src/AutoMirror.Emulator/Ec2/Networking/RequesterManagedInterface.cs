namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>
/// An interface that an AWS service makes in a subnet for a resource of its own, such as a database ("Requester-managed network
/// interfaces" in the EC2 User Guide). What RDS, ElastiCache and Elastic Load Balancing write is as DescribeNetworkInterfaces was seen to
/// answer; other services can be written out.
/// </summary>
public sealed record RequesterManagedInterface
{
    public required string SubnetId { get; init; }

    /// <summary>The service that makes it, by its alias (<c>amazon-elb</c>) or the id of its account.</summary>
    public required string RequesterId { get; init; }

    /// <summary>Whose it is that the interface is attached to; null for the requester's.</summary>
    public string? InstanceOwnerId { get; init; }

    public string InterfaceType { get; init; } = "interface";

    public string Description { get; init; } = "";

    /// <summary>The ids of the security groups; none for the VPC's default group.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>
    /// Whether the attachment is one of those whose ids begin with <c>ela-attach</c>, as those of Network Load Balancers, NAT gateways
    /// and endpoints do.
    /// </summary>
    public bool IsEla { get; init; }

    /// <summary>The interface of an RDS database.</summary>
    public static RequesterManagedInterface OfDatabase(string subnetId) =>
        new() { SubnetId = subnetId, RequesterId = "amazon-rds", Description = "RDSNetworkInterface" };

    /// <summary>The interface of an ElastiCache node, for example <c>sessions-0001-001</c>.</summary>
    public static RequesterManagedInterface OfCacheNode(string subnetId, string node) =>
        new() { SubnetId = subnetId, RequesterId = "amazon-elasticache", Description = $"ElastiCache {node}" };

    /// <summary>An interface of an Application Load Balancer.</summary>
    public static RequesterManagedInterface OfApplicationLoadBalancer(string subnetId, string name) =>
        new() { SubnetId = subnetId, RequesterId = "amazon-elb", Description = $"ELB app/{name}/50dc6c495c0c9188" };

    /// <summary>An interface of a Network Load Balancer.</summary>
    public static RequesterManagedInterface OfNetworkLoadBalancer(string subnetId, string name) => new()
    {
        SubnetId = subnetId, RequesterId = "amazon-elb", Description = $"ELB net/{name}/50dc6c495c0c9188",
        InterfaceType = "network_load_balancer", InstanceOwnerId = "amazon-aws", IsEla = true,
    };
}

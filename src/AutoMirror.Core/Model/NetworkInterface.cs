namespace AutoMirror.Core.Model;

/// <summary>A network interface, seen with its instance or by itself.</summary>
internal sealed record NetworkInterface : IEc2Resource
{
    /// <summary>The only type of interface that can be a mirror source (Traffic Mirroring guide, "Sources").</summary>
    public const string SourceType = "interface";

    public static string IdPrefix => "eni-";
    public required Id<NetworkInterface> Id { get; init; }

    /// <summary>EC2's InterfaceType, such as <c>interface</c>, <c>nat_gateway</c> or <c>network_load_balancer</c>.</summary>
    public string InterfaceType { get; init; } = SourceType;

    public Id<Vpc>? VpcId { get; init; }
    public Id<Subnet>? SubnetId { get; init; }

    /// <summary>The Availability Zone it lies in, such as <c>eu-west-1a</c>; null when it was not read.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Whether it has a private IPv4 address. Only an interface in an IPv6-only subnet has none.</summary>
    public bool HasIpv4Address { get; init; } = true;

    /// <summary>What it is attached to; null when it is attached to nothing.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>The account that has it, twelve digits; null when that was not read.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Who made it for somebody else, such as <c>amazon-elb</c> or
    /// <c>amazon-rds</c>; null for one that its account made.</summary>
    public string? RequesterId { get; init; }

    /// <summary>The AWS service that manages it, such as <c>eks.amazonaws.com</c>;
    /// null when none does (EC2 API, OperatorResponse).</summary>
    public string? ManagedBy { get; init; }

    /// <summary>Whether another account than <paramref name="own"/> has it: a participant of a shared VPC.</summary>
    public bool IsOfAnother(string? own) => OwnerId is not null && own is not null && OwnerId != own;

    /// <summary>The interface's own tags; null when they were not read (DescribeInstances does not list them).</summary>
    public Tags? Tags { get; init; }
}

namespace AutoMirror.Core.Model;

/// <summary>A network interface, seen with its instance or by itself.</summary>
public sealed record NetworkInterface : IEc2Resource
{
    /// <summary>The only type of interface that can be a mirror source (Traffic Mirroring guide, "Sources").</summary>
    public const string SourceType = "interface";

    /// <inheritdoc/>
    public static string IdPrefix => "eni-";

    /// <summary>The interface's id.</summary>
    public required Id<NetworkInterface> Id { get; init; }

    /// <summary>EC2's InterfaceType, such as <c>interface</c>, <c>nat_gateway</c> or <c>network_load_balancer</c>.</summary>
    public string InterfaceType { get; init; } = SourceType;

    /// <summary>The VPC it lies in.</summary>
    public Id<Vpc>? VpcId { get; init; }

    /// <summary>The subnet it lies in.</summary>
    public Id<Subnet>? SubnetId { get; init; }

    /// <summary>The Availability Zone it lies in, such as <c>eu-west-1a</c>; null when it was not read.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Whether it has a private IPv4 address. Only an interface in an IPv6-only subnet has none.</summary>
    public bool HasIpv4Address { get; init; } = true;

    /// <summary>What it is attached to; null when it is attached to nothing.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>The interface's own tags; null when they were not read (DescribeInstances does not list them).</summary>
    public Tags? Tags { get; init; }
}

/// <summary>How an interface is attached.</summary>
/// <param name="InstanceId">The instance; null when an AWS service holds the interface (load balancers, databases).</param>
/// <param name="DeviceIndex">0 for an instance's primary interface.</param>
/// <param name="Status">How far attaching or detaching has come.</param>
public sealed record Attachment(Id<Instance>? InstanceId, int DeviceIndex, AttachmentStatus Status);

/// <summary>How far attaching or detaching an interface has come.</summary>
public enum AttachmentStatus
{
    /// <summary>On its way; EC2 may answer that the interface is not attached to a supported instance yet.</summary>
    Attaching,

    /// <summary>Attached.</summary>
    Attached,

    /// <summary>On its way off.</summary>
    Detaching,

    /// <summary>Off.</summary>
    Detached,
}

/// <summary>A subnet, as far as its tags count.</summary>
/// <param name="Id">The subnet's id.</param>
/// <param name="Tags">The subnet's tags.</param>
public sealed record Subnet(Id<Subnet> Id, Tags Tags) : IEc2Resource
{
    /// <inheritdoc/>
    public static string IdPrefix => "subnet-";
}

/// <summary>A VPC, as far as its tags count.</summary>
/// <param name="Id">The VPC's id.</param>
/// <param name="Tags">The VPC's tags.</param>
public sealed record Vpc(Id<Vpc> Id, Tags Tags) : IEc2Resource
{
    /// <inheritdoc/>
    public static string IdPrefix => "vpc-";
}

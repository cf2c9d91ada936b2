namespace AutoMirror.Core.Model;

/// <summary>An EC2 instance as DescribeInstances shows it, with the interfaces attached to it.</summary>
internal sealed record Instance : IEc2Resource
{
    public static string IdPrefix => "i-";
    public required Id<Instance> Id { get; init; }
    public required InstanceState State { get; init; }

    /// <summary>Family and size, such as <c>m5.large</c>.</summary>
    public required string InstanceType { get; init; }

    public Tags Tags { get; init; } = Tags.None;

    /// <summary>The account that runs it, twelve digits; null when that was not read.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The AWS service that manages it, such as <c>eks.amazonaws.com</c>;
    /// null when none does (EC2 API, OperatorResponse).</summary>
    public string? ManagedBy { get; init; }

    /// <summary>Its interfaces, in no promised order; none once it is terminated.</summary>
    public IReadOnlyList<NetworkInterface> NetworkInterfaces { get; init; } = [];
}

/// <summary>The states of an instance's life (EC2 User Guide, "Amazon EC2 instance state changes").</summary>
internal enum InstanceState
{
    Pending,
    Running,

    /// <summary>It is being stopped: its last packets may still come.</summary>
    Stopping,

    /// <summary>It is stopped, and keeps its interfaces.</summary>
    Stopped,

    /// <summary>It is being terminated: its last packets may still come.</summary>
    ShuttingDown,

    /// <summary>It is gone for good, and is still listed for about an hour.</summary>
    Terminated,
}

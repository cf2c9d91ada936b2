namespace AutoMirror.Core.Model;

/// <summary>An EC2 instance as DescribeInstances shows it, with the interfaces attached to it.</summary>
internal sealed record Instance : IEc2Resource
{
    /// <inheritdoc/>
    public static string IdPrefix => "i-";

    /// <summary>The instance's id.</summary>
    public required Id<Instance> Id { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required InstanceState State { get; init; }

    /// <summary>Family and size, such as <c>m5.large</c>.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The instance's own tags.</summary>
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>Its interfaces, in no promised order; none once it is terminated.</summary>
    public IReadOnlyList<NetworkInterface> NetworkInterfaces { get; init; } = [];
}

/// <summary>The states of an instance's life (EC2 User Guide, "Amazon EC2 instance state changes").</summary>
internal enum InstanceState
{
    /// <summary>It is being started.</summary>
    Pending,

    /// <summary>It runs.</summary>
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

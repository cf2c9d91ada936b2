namespace AutoMirror.Core.Model;

/// <summary>How an interface is attached.</summary>
/// <param name="InstanceId">The instance; null when an AWS service holds the interface (load balancers, databases).</param>
/// <param name="DeviceIndex">0 for an instance's primary interface.</param>
/// <param name="Status">How far attaching or detaching has come.</param>
internal sealed record Attachment(Id<Instance>? InstanceId, int DeviceIndex, AttachmentStatus Status);

/// <summary>How far attaching or detaching an interface has come.</summary>
internal enum AttachmentStatus
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

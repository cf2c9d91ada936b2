namespace AutoMirror.Core.Model;

/// <param name="InstanceId">The instance; null when an AWS service holds the interface (load balancers, databases).</param>
/// <param name="DeviceIndex">0 for an instance's primary interface.</param>
internal sealed record Attachment(Id<Instance>? InstanceId, int DeviceIndex, AttachmentStatus Status);

/// <summary>How far attaching or detaching an interface has come.</summary>
internal enum AttachmentStatus
{
    Attaching,
    Attached,
    Detaching,
    Detached,
}

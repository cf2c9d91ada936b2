namespace AutoMirror.Core.Model;

/// <param name="InstanceId">The instance; null when an AWS service holds the interface (load balancers, databases).</param>
/// <param name="DeviceIndex">Its place on the network card, from 0.</param>
internal sealed record Attachment(Id<Instance>? InstanceId, int DeviceIndex, AttachmentStatus Status)
{
    /// <summary>The network card, from 0. Large instance types have several, and each has a device index 0 of its own.</summary>
    public int NetworkCardIndex { get; init; }

    /// <summary>Whether the interface is its instance's primary one (EC2 User Guide, "Network interfaces": index 0 of card 0).</summary>
    public bool IsPrimary => DeviceIndex == 0 && NetworkCardIndex == 0;
}

/// <summary>How far attaching or detaching an interface has come.</summary>
internal enum AttachmentStatus
{
    Attaching,
    Attached,
    Detaching,
    Detached,
}

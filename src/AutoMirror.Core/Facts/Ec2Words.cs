using AutoMirror.Core.Model;

namespace AutoMirror.Core.Facts;

/// <summary>EC2's own words for states and kinds of resources, each written once.</summary>
internal static class Ec2Words
{
    /// <summary>EC2's words for the states of an instance (EC2 API reference, InstanceState).</summary>
    public static WordTable<InstanceState> InstanceStates { get; } = new(
        ("pending", InstanceState.Pending),
        ("running", InstanceState.Running),
        ("stopping", InstanceState.Stopping),
        ("stopped", InstanceState.Stopped),
        ("shutting-down", InstanceState.ShuttingDown),
        ("terminated", InstanceState.Terminated));

    /// <summary>EC2's words for how far an attachment has come (EC2 API reference, NetworkInterfaceAttachment).</summary>
    public static WordTable<AttachmentStatus> AttachmentStatuses { get; } = new(
        ("attaching", AttachmentStatus.Attaching),
        ("attached", AttachmentStatus.Attached),
        ("detaching", AttachmentStatus.Detaching),
        ("detached", AttachmentStatus.Detached));

    /// <summary>EC2's resource types whose tags can opt in (EC2 API reference, TagSpecification).</summary>
    public static WordTable<TagLevel> ResourceTypes { get; } = new(
        ("network-interface", TagLevel.Interface),
        ("instance", TagLevel.Instance),
        ("subnet", TagLevel.Subnet),
        ("vpc", TagLevel.Vpc));
}

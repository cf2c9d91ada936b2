namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>An interface's attachment to an instance of this account, of another account, or of an AWS service.</summary>
public sealed record Attachment
{
    /// <summary>What the ids of some attachments of AWS services begin with.</summary>
    internal const string ElaPrefix = "ela-attach";

    /// <summary>The id, <c>eni-attach-…</c> or <c>ela-attach-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The instance; null when an AWS service attached the interface to something of its own.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The account of the instance, or the alias of the service that attached the interface, such as <c>amazon-rds</c>.</summary>
    public required string InstanceOwnerId { get; init; }

    /// <summary>
    /// Which device of its network card. Every card has a device 0: only that of card 0 is the primary interface ("Network cards" in the
    /// EC2 User Guide).
    /// </summary>
    public required int DeviceIndex { get; init; }

    /// <summary>Which network card of the instance, from 0.</summary>
    public int NetworkCardIndex { get; init; }

    /// <summary>Whether this is the primary interface: "The primary network interface must be assigned to network card index 0."</summary>
    public bool IsPrimary => DeviceIndex == 0 && NetworkCardIndex == 0;

    public required DateTimeOffset AttachTime { get; init; }

    /// <summary>Whether the interface is deleted with the instance.</summary>
    public bool DeleteOnTermination { get; init; }

    /// <summary><c>attaching</c>, <c>attached</c> or <c>detaching</c>.</summary>
    public string Status { get; init; } = "attached";

    internal bool IsEla => Id.StartsWith(ElaPrefix, StringComparison.Ordinal);
}

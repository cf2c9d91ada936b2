namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>An interface's attachment to an instance.</summary>
public sealed record Attachment
{
    /// <summary>The id, <c>eni-attach-…</c>.</summary>
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>Which of the instance's devices; 0 is the primary interface.</summary>
    public required int DeviceIndex { get; init; }

    public required DateTimeOffset AttachTime { get; init; }

    /// <summary>Whether the interface is deleted with the instance.</summary>
    public bool DeleteOnTermination { get; init; }

    /// <summary><c>attaching</c>, <c>attached</c> or <c>detaching</c>.</summary>
    public string Status { get; init; } = "attached";
}

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>An interface's attachment to an instance.</summary>
public sealed record Attachment
{
    /// <summary>Its id, <c>eni-attach-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Which of the instance's devices; 0 is the primary interface.</summary>
    public required int DeviceIndex { get; init; }

    /// <summary>When it was attached.</summary>
    public required DateTimeOffset AttachTime { get; init; }

    /// <summary>Whether the interface goes with the instance.</summary>
    public bool DeleteOnTermination { get; init; }

    /// <summary><c>attaching</c>, <c>attached</c> or <c>detaching</c>.</summary>
    public string Status { get; init; } = "attached";
}

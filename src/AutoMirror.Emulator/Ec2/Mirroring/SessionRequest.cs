namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>
/// What a new session should be, or what should change in one. Null leaves a field to EC2 where EC2 has a default, and as it is in a
/// change.
/// </summary>
public sealed record SessionRequest
{
    /// <summary>The source, which a change can't set.</summary>
    public string? NetworkInterfaceId { get; init; }

    public string? TargetId { get; init; }

    public string? FilterId { get; init; }

    /// <summary>1 to 32766.</summary>
    public int? SessionNumber { get; init; }

    /// <summary>The VXLAN network identifier, 1 to 16777215.</summary>
    public int? VirtualNetworkId { get; init; }

    /// <summary>1 to 8500 bytes.</summary>
    public int? PacketLength { get; init; }

    public string? Description { get; init; }

    /// <summary>Tags, which a change can't set.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

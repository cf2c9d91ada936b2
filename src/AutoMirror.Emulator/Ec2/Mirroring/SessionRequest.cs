namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>What a new session should be, or what should change in one: null leaves it to EC2, or as it is.</summary>
public sealed record SessionRequest
{
    /// <summary>The source; only for a new session.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>The target.</summary>
    public string? TargetId { get; init; }

    /// <summary>The filter.</summary>
    public string? FilterId { get; init; }

    /// <summary>The session number.</summary>
    public int? SessionNumber { get; init; }

    /// <summary>The VXLAN network identifier.</summary>
    public int? VirtualNetworkId { get; init; }

    /// <summary>The packet length.</summary>
    public int? PacketLength { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The tags; only for a new session.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

namespace AutoMirror.Emulator.Ec2.Sharing;

/// <summary>An interface of another account, on an instance of that account, in a subnet that this account shares with it.</summary>
public sealed record ParticipantInterface
{
    /// <summary>The participant's account, 12 digits.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The shared subnet, which is not in the default VPC.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The participant's instance; null for a new one. This account's DescribeInstances does not show it.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The type of a new instance.</summary>
    public string InstanceType { get; init; } = "m5.large";

    public int DeviceIndex { get; init; }

    public int NetworkCardIndex { get; init; }

    public string InterfaceType { get; init; } = "interface";

    public string Description { get; init; } = "";
}

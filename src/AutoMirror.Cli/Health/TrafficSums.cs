namespace AutoMirror.Cli.Health;

/// <summary>What CloudWatch has of an instance's traffic in some time, in bytes of both directions.</summary>
/// <param name="Traffic">What it sent and got (NetworkIn, NetworkOut).</param>
/// <param name="Mirrored">The copies that left it (NetworkMirrorIn, NetworkMirrorOut).</param>
/// <param name="Skipped">What a rule accepted, and no bandwidth was left to copy (NetworkSkipMirrorIn, NetworkSkipMirrorOut).</param>
internal sealed record TrafficSums(double Traffic, double Mirrored, double Skipped)
{
    public static TrafficSums None { get; } = new(0, 0, 0);

    /// <summary>The names in the namespace AWS/EC2, by what they add to; each by InstanceId alone.</summary>
    /// <remarks>Traffic Mirroring guide, "Monitor mirrored traffic using Amazon CloudWatch".</remarks>
    public static IReadOnlyList<(string Name, Func<TrafficSums, double, TrafficSums> Add)> Metrics { get; } =
    [
        ("NetworkIn", (sums, bytes) => sums with { Traffic = sums.Traffic + bytes }),
        ("NetworkOut", (sums, bytes) => sums with { Traffic = sums.Traffic + bytes }),
        ("NetworkMirrorIn", (sums, bytes) => sums with { Mirrored = sums.Mirrored + bytes }),
        ("NetworkMirrorOut", (sums, bytes) => sums with { Mirrored = sums.Mirrored + bytes }),
        ("NetworkSkipMirrorIn", (sums, bytes) => sums with { Skipped = sums.Skipped + bytes }),
        ("NetworkSkipMirrorOut", (sums, bytes) => sums with { Skipped = sums.Skipped + bytes }),
    ];

    /// <summary>What these sums say of mirroring.</summary>
    public InstanceHealth Health => this switch
    {
        { Skipped: > 0 } => InstanceHealth.Losing,
        { Mirrored: > 0 } => InstanceHealth.Proven,
        { Traffic: > 0 } => InstanceHealth.Silent,
        _ => InstanceHealth.Idle,
    };

    /// <summary>The share of what should have been copied that was not, from 0 to 1.</summary>
    public double SkippedShare => Skipped == 0 ? 0 : Skipped / (Skipped + Mirrored);
}

/// <summary>Whether the copies of a mirrored instance's packets are seen to leave it.</summary>
internal enum InstanceHealth
{
    /// <summary>Nobody could be asked.</summary>
    Unknown,

    /// <summary>Copies left it, and none was skipped.</summary>
    Proven,

    /// <summary>It has traffic, and no copy of it left.</summary>
    Silent,

    /// <summary>Copies were skipped: the instance has no bandwidth for them.</summary>
    Losing,

    /// <summary>It has no traffic.</summary>
    Idle,
}

namespace AutoMirror.Emulator.Faults;

/// <summary>What limits copies of packets. Nothing does unless set; setting it anew begins with full budgets.</summary>
public sealed record PacketFaults
{
    /// <summary>
    /// Bits a second that instances have, by their ids. "Mirrored traffic counts toward instance bandwidth", and production traffic goes
    /// first: copies for which nothing is left are skipped. 0 leaves nothing for copies.
    /// </summary>
    public IReadOnlyDictionary<string, long> InstanceBitsPerSecond { get; init; } = new Dictionary<string, long>();

    /// <summary>Copies a second that the sensors behind targets can take, by the targets' ids; others are lost there.</summary>
    public IReadOnlyDictionary<string, long> TargetPacketsPerSecond { get; init; } = new Dictionary<string, long>();
}

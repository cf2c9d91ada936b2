namespace AutoMirror.Emulator.Events;

/// <summary>
/// What may befall a delivery: EventBridge promises neither order nor once ("Amazon EventBridge event delivery level"). Shares are
/// between 0 and 1, decided by the seed; all are 0 unless set.
/// </summary>
public sealed record EventFaults
{
    /// <summary>The share of deliveries that never happen.</summary>
    public double Lost { get; init; }

    /// <summary>The share of deliveries that happen twice.</summary>
    public double Duplicated { get; init; }

    /// <summary>The longest delay; each delivery takes a random part of it, which also puts them out of order.</summary>
    public TimeSpan Delay { get; init; }
}

namespace AutoMirror.Emulator.Events;

/// <summary>
/// What may befall a delivery: EventBridge promises neither an order nor that an event comes once ("Amazon EventBridge event delivery
/// level"). Shares are between 0 and 1; the seed decides which deliveries they hit. By default there are none.
/// </summary>
public sealed record EventFaults
{
    /// <summary>The share of deliveries that never happen.</summary>
    public double Lost { get; init; }

    /// <summary>The share of deliveries that happen twice.</summary>
    public double Duplicated { get; init; }

    /// <summary>The longest delay. Each delivery takes a random part of it, so that they get out of order.</summary>
    public TimeSpan Delay { get; init; }
}

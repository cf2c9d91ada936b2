namespace AutoMirror.Core.Observing;

/// <summary>What a warm process remembers of its full syncs.</summary>
internal sealed class FullSyncs
{
    /// <summary>When the last one began that saw everything and left nothing to do.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>When the shared one is due that was arranged through the queue.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>How many describe calls the last one took.</summary>
    public int? Calls { get; set; }
}

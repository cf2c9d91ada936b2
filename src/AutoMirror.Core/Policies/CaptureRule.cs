namespace AutoMirror.Core.Policies;

/// <summary>That a person may have something mirrored for a time whatever its tag says, and for how long.</summary>
internal sealed record CaptureRule
{
    /// <summary>For how long at the most, 1–8760 hours from now.</summary>
    public int Hours { get; init; } = 24;
}

namespace AutoMirror.Core.Policies;

/// <summary>The blast radius: how many deletes and target changes that a tag, policy or parameter caused are let through.</summary>
internal sealed record Limits
{
    /// <summary>On a full sync, refused are more than this many…</summary>
    public int Deletes { get; init; } = 10;

    /// <summary>…and more than this share of all owned sessions, in percent.</summary>
    public int Percent { get; init; } = 50;

    /// <summary>A plan for some instances carries out at most this many; the next full sync does the rest.</summary>
    public int ScopedDeletes { get; init; } = 100;
}

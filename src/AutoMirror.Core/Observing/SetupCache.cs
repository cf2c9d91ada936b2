namespace AutoMirror.Core.Observing;

/// <summary>Keeps a setup for a short while between invocations. Only a good one is kept: an error is read anew each time.</summary>
public sealed class SetupCache
{
    /// <summary>How long a copy is used.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);

    private Setup? _kept;

    /// <summary>The copy, where it is young enough at <paramref name="now"/> and was read at <paramref name="notBefore"/> or later.</summary>
    public Setup? At(DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        _kept is { } setup && now - setup.ReadAt < Lifetime && !(setup.ReadAt < notBefore) ? setup : null;

    /// <summary>Keeps a copy.</summary>
    public void Keep(Setup setup) => _kept = setup;

    /// <summary>Drops the copy, since something changed.</summary>
    public void Drop() => _kept = null;
}

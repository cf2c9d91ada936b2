using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>Keeps the configuration, or the parameters alone, for a short while.</summary>
internal sealed class ConfigurationCache
{
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);

    private Configuration? _configuration;
    private Dated<ParameterSet>? _parameters;

    /// <summary>The copy, where it is young enough at <paramref name="now"/> and was
    /// read at <paramref name="notBefore"/> or later.</summary>
    public Configuration? At(DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        _configuration is { } kept && IsUsable(kept.ReadAt, now, notBefore) ? kept : null;

    /// <summary>The parameters alone, under the same conditions.</summary>
    public Dated<ParameterSet>? ParametersAt(DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        _parameters is { } kept && IsUsable(kept.ReadAt, now, notBefore) ? kept : null;

    public void Keep(Configuration configuration) =>
        (_configuration, _parameters) = (configuration, new Dated<ParameterSet>(configuration.Parameters, configuration.ReadAt));

    /// <summary>Keeps the parameters, read before the mirror targets were.</summary>
    public void Keep(Dated<ParameterSet> parameters) => (_configuration, _parameters) = (null, parameters);

    /// <summary>Forgets everything, since something changed.</summary>
    public void Drop() => (_configuration, _parameters) = (null, null);

    /// <summary>Whether something is young enough to be used again. After a clock was set back nothing is.</summary>
    public static bool IsYoung(DateTimeOffset readAt, DateTimeOffset now) => now >= readAt && now - readAt < Lifetime;

    private static bool IsUsable(DateTimeOffset readAt, DateTimeOffset now, DateTimeOffset? notBefore) =>
        IsYoung(readAt, now) && !(readAt < notBefore);
}

/// <summary>Something, and when it was read.</summary>
internal sealed record Dated<T>(T Value, DateTimeOffset ReadAt);

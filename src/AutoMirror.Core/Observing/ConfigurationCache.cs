using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>Keeps the configuration, or the parameters alone, for a short while.</summary>
internal sealed class ConfigurationCache(TimeProvider time)
{
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);

    private Configuration? _configuration;
    private Dated<ParameterSet>? _parameters;
    private long _keptAt;

    /// <summary>The copy, where it is young enough at <paramref name="now"/> and was
    /// read at <paramref name="notBefore"/> or later.</summary>
    public Configuration? At(DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        _configuration is { } kept && IsUsable(kept.ReadAt, now, notBefore) ? kept : null;

    /// <summary>The parameters alone, under the same conditions.</summary>
    public Dated<ParameterSet>? ParametersAt(DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        _parameters is { } kept && IsUsable(kept.ReadAt, now, notBefore) ? kept : null;

    public void Keep(Configuration configuration) =>
        (_configuration, _parameters, _keptAt) =
            (configuration, new Dated<ParameterSet>(configuration.Parameters, configuration.ReadAt), time.GetTimestamp());

    /// <summary>Keeps the parameters, read before the mirror targets were.</summary>
    public void Keep(Dated<ParameterSet> parameters) => (_configuration, _parameters, _keptAt) = (null, parameters, time.GetTimestamp());

    /// <summary>Forgets everything, since something changed.</summary>
    public void Drop() => (_configuration, _parameters) = (null, null);

    private bool IsUsable(DateTimeOffset readAt, DateTimeOffset now, DateTimeOffset? notBefore) =>
        new Moment(readAt, _keptAt).AgeAt(now, time) < Lifetime && !(readAt < notBefore);
}

/// <summary>Something, and when it was read.</summary>
internal sealed record Dated<T>(T Value, DateTimeOffset ReadAt);

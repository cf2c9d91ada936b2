using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>Keeps the configuration, or the parameters alone, for a short while.</summary>
internal sealed class ConfigurationCache(TimeProvider time)
{
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);

    private Configuration? _configuration;
    private Dated<ParameterSet>? _parameters;
    private Moment _readAt;

    /// <summary>The copy, where it is young enough at <paramref name="now"/> and was
    /// read at <paramref name="notBefore"/> or later.</summary>
    public Configuration? At(DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        IsUsable(now, notBefore) ? _configuration : null;

    /// <summary>The parameters alone, under the same conditions.</summary>
    public Dated<ParameterSet>? ParametersAt(DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        IsUsable(now, notBefore) ? _parameters : null;

    public void Keep(Configuration configuration)
    {
        Keep(new Dated<ParameterSet>(configuration.Parameters, configuration.ReadAt));
        _configuration = configuration;
    }

    /// <summary>Keeps the parameters, read before the mirror targets were.</summary>
    public void Keep(Dated<ParameterSet> parameters) =>
        (_configuration, _parameters, _readAt) = (null, parameters, new(parameters.ReadAt, time.GetTimestamp()));

    /// <summary>Forgets everything, since something changed.</summary>
    public void Drop() => (_configuration, _parameters) = (null, null);

    private bool IsUsable(DateTimeOffset now, DateTimeOffset? notBefore) =>
        _readAt.AgeAt(now, time) < Lifetime && !(_readAt.At < notBefore);
}

/// <summary>Something, and when it was read.</summary>
internal sealed record Dated<T>(T Value, DateTimeOffset ReadAt);

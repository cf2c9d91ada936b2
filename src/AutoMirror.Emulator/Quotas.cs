namespace AutoMirror.Emulator;

/// <summary>Quotas of the Traffic Mirroring guide (page "Traffic Mirroring quotas"), settable so that tests can reach them.</summary>
public sealed record Quotas
{
    /// <summary>Sessions in the account and Region.</summary>
    public int SessionsPerAccount { get; init; } = 10_000;

    /// <summary>Sessions on one source interface.</summary>
    public int SessionsPerInterface { get; init; } = 3;

    /// <summary>Sources of an interface target on an instance type that the guide does not list as larger.</summary>
    public int SourcesPerSmallTarget { get; init; } = 10;

    /// <summary>Sources of an interface target on an instance type that the guide lists.</summary>
    public int SourcesPerLargeTarget { get; init; } = 100;

    /// <summary>Targets in the account and Region.</summary>
    public int TargetsPerAccount { get; init; } = 10_000;

    /// <summary>Filters in the account and Region.</summary>
    public int FiltersPerAccount { get; init; } = 10_000;

    /// <summary>Rules of a filter, both directions together.</summary>
    public int RulesPerFilter { get; init; } = 10;
}

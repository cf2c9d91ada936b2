namespace AutoMirror.Emulator;

/// <summary>
/// The account's quotas, by the guide's page "Traffic Mirroring quotas" where they have no source of their own. Tests lower them to reach
/// them.
/// </summary>
public sealed record Quotas
{
    public int SessionsPerAccount { get; init; } = 10_000;

    /// <summary>Sessions on one source.</summary>
    public int SessionsPerInterface { get; init; } = 3;

    /// <summary>Sources of an interface target on an instance type that the guide does not list as larger.</summary>
    public int SourcesPerSmallTarget { get; init; } = 10;

    /// <summary>Sources of an interface target on an instance type that the guide lists as larger.</summary>
    public int SourcesPerLargeTarget { get; init; } = 100;

    public int TargetsPerAccount { get; init; } = 10_000;

    public int FiltersPerAccount { get; init; } = 10_000;

    /// <summary>Invocations of all functions that may run at once ("Lambda quotas"; new accounts have fewer).</summary>
    public int ConcurrentExecutions { get; init; } = 1000;

    /// <summary>Rules of a filter, both directions together.</summary>
    public int RulesPerFilter { get; init; } = 10;
}

using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Policies;

/// <summary>What came of reading the configuration, or a part of it.</summary>
internal abstract record Reading<T>
{
    private Reading() { }

    public sealed record Ready(T Value) : Reading<T>;

    /// <summary>What Parameter Store holds is wrong. Nothing is done until a person has corrected it.</summary>
    /// <param name="Errors">Everything that is wrong, at least one.</param>
    public sealed record Misconfigured(IReadOnlyList<ConfigurationError> Errors) : Reading<T>;

    /// <param name="Action">The API action that was refused.</param>
    public sealed record Unreachable(string Action, Refusal Refusal) : Reading<T>;
}

using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Policies;

/// <summary>What came of reading the configuration, or a part of it.</summary>
/// <typeparam name="T">The part.</typeparam>
internal abstract record Reading<T>
{
    private Reading()
    {
    }

    /// <summary>It was read and is valid.</summary>
    /// <param name="Value">What was read.</param>
    public sealed record Ready(T Value) : Reading<T>;

    /// <summary>What Parameter Store holds is wrong. Nothing is done until a person has corrected it.</summary>
    /// <param name="Errors">Everything that is wrong, at least one.</param>
    public sealed record Misconfigured(IReadOnlyList<ConfigurationError> Errors) : Reading<T>;

    /// <summary>It could not be read.</summary>
    /// <param name="Action">The API action that was refused.</param>
    /// <param name="Refusal">Why.</param>
    public sealed record Unreachable(string Action, Refusal Refusal) : Reading<T>;
}

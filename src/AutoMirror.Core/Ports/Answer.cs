using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace AutoMirror.Core.Ports;

/// <summary>What AWS answered to a call. Expected failure is a value.</summary>
internal abstract record Answer<T>
{
    private Answer() { }

    public sealed record Given(T Value) : Answer<T>;

    /// <summary>The call failed for good, or for as long as there was time to try.</summary>
    public sealed record Refused(Refusal Refusal) : Answer<T>;

    /// <summary>Whether the call succeeded: with its value, or else with the refusal.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = this is Given given ? given.Value : default;
        refusal = (this as Refused)?.Refusal;
        return refusal is null;
    }

    /// <summary>The same refusal, or the value turned into another.</summary>
    public Answer<TOut> Select<TOut>(Func<T, TOut> convert) => this switch
    {
        Given { Value: var value } => new Answer<TOut>.Given(convert(value)),
        Refused { Refusal: var refusal } => new Answer<TOut>.Refused(refusal),
        _ => throw new UnreachableException(),
    };
}

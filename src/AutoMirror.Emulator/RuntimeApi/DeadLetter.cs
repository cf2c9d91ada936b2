namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>An asynchronous event that Lambda gave up, as the on-failure destination gets it.</summary>
public sealed record DeadLetter(string Payload, FunctionResult LastResult, DateTimeOffset Time)
{
    /// <summary>Whether it became too old before its last retry.</summary>
    internal bool IsTooOld { get; init; }
}

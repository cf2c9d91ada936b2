namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>An asynchronous event that Lambda gave up after its retries, as the on-failure destination gets it.</summary>
public sealed record DeadLetter(string Payload, FunctionResult LastResult, DateTimeOffset Time);

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>How an invocation ended.</summary>
public sealed record FunctionResult(string RequestId, bool IsError, string Payload, string? ErrorType, int Attempt = 1);

/// <summary>An asynchronous event given up after its retries, as the on-failure destination gets it.</summary>
public sealed record DeadLetter(string Payload, FunctionResult LastResult, DateTimeOffset Time);

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>How an attempt at an invocation ended. The payload is the answer, or the error as JSON; attempts count from 1.</summary>
public sealed record FunctionResult(string RequestId, bool IsError, string Payload, string? ErrorType, int Attempt = 1);

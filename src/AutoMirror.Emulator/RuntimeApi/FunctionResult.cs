namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>How an invocation ended.</summary>
public sealed record FunctionResult(string RequestId, bool IsError, string Payload, string? ErrorType, int Attempt = 1);

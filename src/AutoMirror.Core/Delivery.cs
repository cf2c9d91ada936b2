namespace AutoMirror.Core;

/// <summary>What a run has to know of the invocation that asks for it.</summary>
/// <param name="RequestId">Lambda's id of the invocation, the same again when Lambda retries an event.</param>
/// <param name="StopAt">When no further change is started.</param>
/// <param name="CanDefer">Whether a full sync can be arranged for later, so that several events share it.</param>
internal sealed record Delivery(string RequestId, DateTimeOffset StopAt, bool CanDefer = false);

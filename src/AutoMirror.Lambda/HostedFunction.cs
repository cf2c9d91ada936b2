using AutoMirror.Aws.Hosting;

namespace AutoMirror.Lambda;

/// <summary>All that the host knows of the function it runs.</summary>
/// <param name="InitializeAsync">Work that is better done before the first invocation than in it.</param>
/// <param name="InvokeAsync">One invocation.</param>
internal sealed record HostedFunction(
    Func<CancellationToken, Task> InitializeAsync,
    Func<ReadOnlyMemory<byte>, Invocation, CancellationToken, Task<InvocationOutcome>> InvokeAsync);

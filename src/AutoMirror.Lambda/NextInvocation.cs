using AutoMirror.Aws.Hosting;

namespace AutoMirror.Lambda;

/// <summary>What asking the Runtime API for work led to.</summary>
internal abstract record NextInvocation
{
    private NextInvocation()
    {
    }

    /// <summary>Work to do.</summary>
    public sealed record Received(Invocation Invocation, ReadOnlyMemory<byte> Payload) : NextInvocation;

    /// <summary>No work, and none to be had by asking again: the process should end, and Lambda starts another when it needs one.</summary>
    public sealed record Ended(string Reason) : NextInvocation;
}

using AutoMirror.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.Faults;

/// <summary>Delivers an answer over a socket, or fails to, according to its fate.</summary>
internal static class FateOnWire
{
    public static async Task DeliverAsync(
        HttpContext context, WireReply reply, Fate fate, TimeProvider time, CancellationToken cancellationToken)
    {
        switch (fate.Kind)
        {
            case FateKind.CutAfter:
                context.Abort();
                break;
            case FateKind.Timeout:
                await WaitForNothingAsync(context, time, cancellationToken);
                context.Abort();
                break;
            case FateKind.SlowBody or FateKind.TruncatedBody:
                await WriteHalvesAsync(context, reply, fate, time, cancellationToken);
                break;
            default:
                await context.WriteAsync(reply);
                break;
        }
    }

    /// <summary>Keeps the client waiting until it gives up or the server stops.</summary>
    private static async Task WaitForNothingAsync(HttpContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static async Task WriteHalvesAsync(
        HttpContext context, WireReply reply, Fate fate, TimeProvider time, CancellationToken cancellationToken)
    {
        var half = reply.Body.Length / 2;
        context.WriteHead(reply);
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, half), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        if (fate.Kind == FateKind.TruncatedBody)
        {
            context.Abort();
            return;
        }

        await Fate.WaitAsync(time, fate.SlowBodyFor, cancellationToken);
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(half), cancellationToken);
    }
}

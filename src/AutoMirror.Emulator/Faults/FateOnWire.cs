using AutoMirror.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.Faults;

/// <summary>Delivers an answer over a socket, or fails to, as its fate has it.</summary>
internal static class FateOnWire
{
    public static async Task DeliverAsync(HttpContext context, WireReply reply, Fate fate, TimeProvider time, CancellationToken stop)
    {
        switch (fate.Kind)
        {
            case FateKind.CutAfter:
                context.Abort();
                break;
            case FateKind.Timeout:
                using (var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop))
                {
                    await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, time, either.Token)
                        .ContinueWith(_ => { }, TaskScheduler.Default);
                }

                context.Abort();
                break;
            case FateKind.SlowBody or FateKind.TruncatedBody:
                await WriteHalvesAsync(context, reply, fate, time, stop);
                break;
            default:
                await EmulatorServer.WriteAsync(context, reply);
                break;
        }
    }

    private static async Task WriteHalvesAsync(HttpContext context, WireReply reply, Fate fate, TimeProvider time, CancellationToken stop)
    {
        var half = reply.Body.Length / 2;
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, half), stop);
        await context.Response.Body.FlushAsync(stop);
        if (fate.Kind == FateKind.TruncatedBody)
        {
            context.Abort();
            return;
        }

        await Fate.WaitAsync(time, fate.SlowBodyFor, stop);
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(half), stop);
    }
}

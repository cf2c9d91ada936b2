using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.RuntimeApi;

namespace AutoMirror.Emulator.Lambda;

/// <summary>
/// Invoke, with the types RequestResponse, Event and DryRun: of a function that was created, or of the one whose process somebody else
/// starts.
/// </summary>
internal sealed class InvokeAction(Cloud cloud)
{
    /// <summary>"The last 4 KB of the execution log".</summary>
    private const int TailBytes = 4096;

    public WireReply Answer(JsonObject input, string requestId)
    {
        var name = FunctionNames.NameOf(cloud, input.Required("FunctionName"));
        var function = cloud.Lambda.Find(name);
        var host = function?.Host ?? (name == cloud.Function.Name ? cloud.Function : throw LambdaErrors.FunctionNotFound(cloud, name));
        if (input.Text("Qualifier") is { } qualifier and not "$LATEST")
            throw LambdaErrors.FunctionNotFound(cloud, $"{host.Arn}:{qualifier}");
        var payload = Encoding.UTF8.GetBytes(input.Text("Payload") is { Length: > 0 } text ? text : "{}");
        switch (input.Text("InvocationType") ?? "RequestResponse")
        {
            case "Event":
                host.Enqueue(payload);
                return WireReply.Json(202, ReadOnlyMemory<byte>.Empty).With("x-amzn-RequestId", requestId);
            case "DryRun":
                return WireReply.Json(204, ReadOnlyMemory<byte>.Empty).With("x-amzn-RequestId", requestId);
            default:
                CheckConcurrency(function);
                var result = host.InvokeAsync(payload, input.Text("ClientContext"));
                return WireReply.Json(200,
                    ReadOnlyMemory<byte>.Empty) with
                { Later = WriteAsync(result, function, input.Text("LogType") == "Tail") };
        }
    }

    /// <summary>A caller who waits is refused when the function's own limit is reached; events wait instead.</summary>
    private void CheckConcurrency(LambdaFunction? function)
    {
        if (function?.ReservedConcurrency is not { } most || function.Host.Running + function.Host.Pending < most)
            return;
        FunctionMetrics.Throttled(cloud, function);
        throw LambdaErrors.ReservedConcurrencyReached();
    }

    private static async Task<WireReply> WriteAsync(Task<FunctionResult> invocation, LambdaFunction? function, bool withLog)
    {
        var result = await invocation;
        var reply = WireReply.Json(200, Encoding.UTF8.GetBytes(result.Payload)).With("X-Amz-Executed-Version", "$LATEST")
            .With("x-amzn-RequestId", result.RequestId);
        if (withLog && function?.TailOf is { } tailOf)
            reply = reply.With("X-Amz-Log-Result", Tail(await tailOf(result.RequestId)));
        return result.IsError ? reply.With("X-Amz-Function-Error", "Unhandled") : reply;
    }

    private static string Tail(string lines)
    {
        var bytes = Encoding.UTF8.GetBytes(lines);
        return Convert.ToBase64String(bytes.AsSpan(Math.Max(0, bytes.Length - TailBytes)));
    }
}

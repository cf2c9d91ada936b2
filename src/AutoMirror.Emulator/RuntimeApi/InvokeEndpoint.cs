using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>Lambda's Invoke over REST, version 2015-03-31, with the types RequestResponse, Event and DryRun.</summary>
internal sealed class InvokeEndpoint(Cloud cloud)
{
    public const string Prefix = "/2015-03-31/functions/";

    public async Task HandleAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        var name = Uri.UnescapeDataString(path.Split('/')[0]);
        var isInvoke = context.Request.Method == "POST" && path.EndsWith("/invocations", StringComparison.Ordinal);
        var reply = !isInvoke
            ? Error("UnknownOperationException", "")
            : name != cloud.Function.Name && name != cloud.Function.Arn
                ? Error("ResourceNotFoundException", $"Function not found: {cloud.Arn("lambda", $"function:{name}")}")
                : await InvokeAsync(context.Request, cancellationToken);
        await context.WriteAsync(reply);
    }

    private async Task<WireReply> InvokeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var payload = await request.ReadBodyAsync();
        if (payload.Length == 0)
            payload = "{}"u8.ToArray();
        switch (request.Headers["X-Amz-Invocation-Type"].ToString())
        {
            case "Event":
                cloud.Function.Enqueue(payload);
                return WireReply.Json(202, ReadOnlyMemory<byte>.Empty);
            case "DryRun":
                return WireReply.Json(204, ReadOnlyMemory<byte>.Empty);
            default:
                var result = await cloud.Function.InvokeAsync(payload).WaitAsync(cancellationToken);
                var reply = WireReply.Json(200, Encoding.UTF8.GetBytes(result.Payload)).With("X-Amz-Executed-Version", "$LATEST");
                return result.IsError ? reply.With("X-Amz-Function-Error", "Unhandled") : reply;
        }
    }

    private static WireReply Error(string type, string message) =>
        WireReply.Json(404, new JsonObject { ["Type"] = "User", ["Message"] = message }).With("x-amzn-ErrorType", type);
}

using System.Text;
using AutoMirror.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>Lambda's Invoke over REST, version 2015-03-31: the types RequestResponse, Event and DryRun.</summary>
internal sealed class InvokeEndpoint(Cloud cloud)
{
    public const string Prefix = "/2015-03-31/functions/";

    public async Task HandleAsync(HttpContext context, string path, CancellationToken stopping)
    {
        var name = Uri.UnescapeDataString(path.Split('/')[0]);
        if (context.Request.Method != "POST" || !path.EndsWith("/invocations", StringComparison.Ordinal))
        {
            await EmulatorServer.WriteAsync(context, Error(404, "UnknownOperationException", ""));
            return;
        }

        if (name != cloud.Function.Name && name != cloud.Function.Arn)
        {
            await EmulatorServer.WriteAsync(
                context, Error(404, "ResourceNotFoundException", $"Function not found: {cloud.Arn("lambda", $"function:{name}")}"));
            return;
        }

        var payload = await EmulatorServer.ReadBodyAsync(context.Request);
        if (payload.Length == 0)
            payload = "{}"u8.ToArray();
        switch (context.Request.Headers["X-Amz-Invocation-Type"].ToString())
        {
            case "Event":
                cloud.Function.Enqueue(payload);
                await EmulatorServer.WriteAsync(context, new(202, "application/json", []));
                break;
            case "DryRun":
                context.Response.StatusCode = 204;
                break;
            default:
                var result = await cloud.Function.InvokeAsync(payload).WaitAsync(stopping);
                await EmulatorServer.WriteAsync(context, new(200, "application/json", Encoding.UTF8.GetBytes(result.Payload))
                {
                    Headers = [("X-Amz-Executed-Version", "$LATEST"), .. result.IsError ? [("X-Amz-Function-Error", "Unhandled")]
                        : Array.Empty<(string, string)>()],
                });
                break;
        }
    }

    private static WireReply Error(int status, string code, string message) => new(
        status, "application/json",
        Encoding.UTF8.GetBytes(
            new System.Text.Json.Nodes.JsonObject { ["Type"] = "User", ["Message"] = message }.ToJsonString(JsonForm.Options)))
    {
        Headers = [("x-amzn-ErrorType", code)],
    };
}

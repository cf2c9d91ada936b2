using System.Globalization;
using System.Text;
using AutoMirror.Emulator.Protocol;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>The Lambda Runtime API, version 2018-06-01 ("Using the Lambda runtime API for custom runtimes").</summary>
internal sealed class RuntimeEndpoint(Cloud cloud)
{
    public const string Prefix = "/2018-06-01/runtime/";

    /// <summary>"6 MB each for request and response, synchronous", with the margin that Lambda adds for the envelope.</summary>
    private const int MostResponseBytes = 6 * 1024 * 1024 + 100;

    /// <summary>HTTP clients close a connection that has been idle for a minute or more.</summary>
    private static readonly TimeSpan IdleConnectionsLast = TimeSpan.FromSeconds(50);

    private static readonly WireReply Accepted = Json(202, """{"status":"OK"}""");

    public async Task HandleAsync(HttpContext context, string path, CancellationToken stopping)
    {
        var request = context.Request;
        switch (request.Method, path.Split('/'))
        {
            case ("GET", ["invocation", "next"]):
                await NextAsync(context, stopping);
                break;
            case ("POST", ["invocation", var id, "response"]):
                await EmulatorServer.WriteAsync(context, Response(id, await EmulatorServer.ReadBodyAsync(request)));
                break;
            case ("POST", ["invocation", var id, "error"]):
                await EmulatorServer.WriteAsync(
                    context, Answer(id, true, await EmulatorServer.ReadBodyAsync(request), ErrorType(request) ?? "Runtime.Unknown"));
                break;
            case ("POST", ["init", "error"]):
                cloud.Function.InitFailed(Encoding.UTF8.GetString(await EmulatorServer.ReadBodyAsync(request)), ErrorType(request));
                await EmulatorServer.WriteAsync(context, Accepted);
                break;
            default:
                await EmulatorServer.WriteAsync(context, Error(404, "NotFound", $"No such operation: {request.Method} {path}"));
                break;
        }
    }

    private async Task NextAsync(HttpContext context, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        Invocation invocation;
        try
        {
            invocation = await cloud.Function.NextAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        if (cloud.Function.ConnectionIsSandbox && context.Request.Headers.Connection != "close"
            && context.Features.Get<IConnectionLifetimeFeature>() is { } connection)
        {
            var givenAt = cloud.Options.Time.GetTimestamp();
            connection.ConnectionClosed.Register(() =>
            {
                if (cloud.Options.Time.GetElapsedTime(givenAt) < IdleConnectionsLast)
                    cloud.Function.Lose(invocation.RequestId);
            });
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = cloud.Function.Arn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        if (invocation.ClientContext is { } clientContext)
            headers["Lambda-Runtime-Client-Context"] = clientContext;
        await EmulatorServer.WriteAsync(context, new(200, "application/json", invocation.Payload.ToArray()));
    }

    private WireReply Response(string id, byte[] body)
    {
        if (body.Length > MostResponseBytes)
        {
            // The invocation then fails with this type, unless the runtime reports an error of its own first.
            var message = string.Create(
                CultureInfo.InvariantCulture,
                    $"Response payload size ({body.Length} bytes) exceeded maximum allowed payload size ({MostResponseBytes} bytes).");
            return Error(413, "RequestEntityTooLarge", message);
        }

        return Answer(id, false, body, null);
    }

    private WireReply Answer(string id, bool isError, byte[] body, string? errorType)
    {
        // Answered twice is a state in which it can't be (403); an id that is not current is a bad request (400).
        if (cloud.Function.WasAnswered(id))
            return Error(403, "InvalidStateTransition", "State transition is not allowed");
        return cloud.Function.Answer(id, isError, Encoding.UTF8.GetString(body), errorType) ? Accepted
            : Error(400, "InvalidRequestID", "Invalid request ID");
    }

    private static string? ErrorType(HttpRequest request) =>
        request.Headers.TryGetValue("Lambda-Runtime-Function-Error-Type", out var type) ? type.ToString() : null;

    private static WireReply Error(int status, string type, string message) => Json(
        status, new System.Text.Json.Nodes.JsonObject { ["errorMessage"] = message, ["errorType"] = type }.ToJsonString(JsonForm.Options));

    private static WireReply Json(int status, string body) => new(status, "application/json", Encoding.UTF8.GetBytes(body));
}

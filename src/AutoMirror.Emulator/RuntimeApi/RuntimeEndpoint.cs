using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>The Lambda Runtime API, version 2018-06-01 ("Using the Lambda runtime API for custom runtimes").</summary>
/// <param name="cloud">The cloud, for its clock.</param>
/// <param name="host">The function whose sandboxes ask here.</param>
internal sealed class RuntimeEndpoint(Cloud cloud, FunctionHost host)
{
    public const string Prefix = "/2018-06-01/runtime/";

    /// <summary>"6 MB each for request and response, synchronous", with the margin that Lambda adds for the envelope.</summary>
    private const int MostResponseBytes = 6 * 1024 * 1024 + 100;

    /// <summary>HTTP clients close a connection that was idle for a minute. One that closes sooner is the end of a sandbox.</summary>
    private static readonly TimeSpan IdleConnectionsLast = TimeSpan.FromSeconds(50);

    private static readonly WireReply Accepted = WireReply.Json(202, """{"status":"OK"}"""u8.ToArray());

    /// <summary>Raised when a sandbox asks for work: its initialisation, or its last invocation, is over.</summary>
    public event Action? Asked;

    /// <summary>Raised when a sandbox is about to get an invocation, which waits for what is done then.</summary>
    public event Func<Invocation, Task>? Giving;

    /// <summary>Raised with the error that a sandbox reports of its initialisation, and its type.</summary>
    public event Action<string, string?>? InitFailed;

    public async Task HandleAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        var request = context.Request;
        switch (request.Method, path.Split('/'))
        {
            case ("GET", ["invocation", "next"]):
                await NextAsync(context, cancellationToken);
                break;
            case ("POST", ["invocation", var id, "response"]):
                await context.WriteAsync(Response(id, await request.ReadBodyAsync()));
                break;
            case ("POST", ["invocation", var id, "error"]):
                await context.WriteAsync(Answer(id, true, await request.ReadBodyAsync(), ErrorType(request) ?? "Runtime.Unknown"));
                break;
            case ("POST", ["init", "error"]):
                var failure = Encoding.UTF8.GetString(await request.ReadBodyAsync());
                host.InitFailed(failure, ErrorType(request));
                InitFailed?.Invoke(failure, ErrorType(request));
                await context.WriteAsync(Accepted);
                break;
            default:
                await context.WriteAsync(Error(404, "NotFound", $"No such operation: {request.Method} {path}"));
                break;
        }
    }

    private async Task NextAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cancellationToken);
        Asked?.Invoke();
        Invocation invocation;
        try
        {
            invocation = await host.NextAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        if (Giving is { } giving)
            await giving(invocation);
        if (host.ConnectionIsSandbox && context.Request.Headers.Connection != "close")
            WatchConnection(context, invocation.RequestId);
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = Notation.Number(invocation.Deadline.ToUnixTimeMilliseconds());
        headers["Lambda-Runtime-Invoked-Function-Arn"] = host.Arn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        if (invocation.ClientContext is { } clientContext)
            headers["Lambda-Runtime-Client-Context"] = clientContext;
        await context.WriteAsync(WireReply.Json(200, invocation.Payload));
    }

    private void WatchConnection(HttpContext context, string requestId)
    {
        var givenAt = cloud.Options.Time.GetTimestamp();
        context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed.Register(() =>
        {
            if (cloud.Options.Time.GetElapsedTime(givenAt) < IdleConnectionsLast)
                host.Lose(requestId);
        });
    }

    /// <summary>A response that is too large leaves the invocation running, so that the runtime can still report an error.</summary>
    private WireReply Response(string id, byte[] body) => body.Length <= MostResponseBytes
        ? Answer(id, false, body, null)
        : Error(
            413, "RequestEntityTooLarge",
            $"Response payload size ({body.Length} bytes) exceeded maximum allowed payload size ({MostResponseBytes} bytes).");

    /// <summary>Lambda refuses a second answer as a wrong state (403), and an id that is not current as a bad request (400).</summary>
    private WireReply Answer(string id, bool isError, byte[] body, string? errorType)
    {
        if (host.WasAnswered(id))
            return Error(403, "InvalidStateTransition", "State transition is not allowed");
        return host.Answer(id, isError, Encoding.UTF8.GetString(body), errorType)
            ? Accepted
            : Error(400, "InvalidRequestID", "Invalid request ID");
    }

    private static string? ErrorType(HttpRequest request) =>
        request.Headers.TryGetValue("Lambda-Runtime-Function-Error-Type", out var type) ? type.ToString() : null;

    private static WireReply Error(int status, string type, string message) =>
        WireReply.Json(status, new JsonObject { ["errorMessage"] = message, ["errorType"] = type });
}

using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.RuntimeApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>
/// The Runtime API of one sandbox, on a port of its own on loopback: an address is all that a runtime is given, so it has to say whose
/// sandbox it is.
/// </summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(200);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();

    private SandboxServer(WebApplication app, RuntimeEndpoint endpoint)
    {
        _app = app;
        Endpoint = endpoint;
        app.Run(HandleAsync);
    }

    public RuntimeEndpoint Endpoint { get; }

    /// <summary>Host and port.</summary>
    public string Address => LoopbackServer.UrlOf(_app).Authority;

    public static async Task<SandboxServer> StartAsync(Cloud cloud, FunctionHost host)
    {
        var server = new SandboxServer(LoopbackServer.Build(port: 0), new(cloud, host));
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Gives no more invocations: who waits for one waits no more.</summary>
    public void StopGiving() => _stopping.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await LoopbackServer.StopAsync(_app, StopLimit);
        _stopping.Dispose();
    }

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (Browsers.Refuse(context.Request, isForPage: false) is { } refusal)
            return context.WriteAsync(refusal);
        return path.StartsWith(RuntimeEndpoint.Prefix, StringComparison.Ordinal)
            ? Endpoint.HandleAsync(context, path[RuntimeEndpoint.Prefix.Length..], _stopping.Token)
            : context.WriteAsync(WireReply.Text(StatusCodes.Status404NotFound, "text/plain", ""));
    }
}

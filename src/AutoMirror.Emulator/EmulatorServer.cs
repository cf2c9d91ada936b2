using AutoMirror.Emulator.Admin;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Lambda.Processes;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.RuntimeApi;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator;

/// <summary>
/// A cloud behind HTTP, on loopback only: all AWS APIs and the Lambda Runtime API at one endpoint. Functions that are created run as
/// processes of this machine; of pages in a browser only its own is answered.
/// </summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    /// <summary>How long a client may keep its connection open while the server stops.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly Alarm _alarm;
    private readonly RuntimeEndpoint _runtime;
    private readonly AdminPages _admin;
    private readonly AdminActions _adminActions;
    private readonly SandboxLauncher _launcher;
    private readonly PacketPages _packets;
    private readonly MirrorOutlets _outlets;
    private readonly CancellationTokenSource _stopping = new();

    private EmulatorServer(WebApplication app, Cloud cloud)
    {
        _app = app;
        Cloud = cloud;
        Url = LoopbackServer.UrlOf(app);
        cloud.Endpoint = Url;
        _runtime = new(cloud, cloud.Function);
        _adminActions = new(cloud);
        _admin = new(cloud, _adminActions.Names);
        _launcher = new(cloud);
        _packets = new(cloud);
        _outlets = new(cloud, cloud.Options.MirrorTo);
        _alarm = new(cloud);
    }

    /// <summary>The endpoint of every AWS API.</summary>
    public Uri Url { get; }

    /// <summary>The value for <c>AWS_LAMBDA_RUNTIME_API</c>: host and port.</summary>
    public string RuntimeApi => Url.Authority;

    /// <summary>The state behind the endpoint.</summary>
    public Cloud Cloud { get; }

    /// <summary>Starts a server; when this returns, it listens.</summary>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken cancellationToken = default)
    {
        var cloud = new Cloud(options);
        var app = LoopbackServer.Build(options.Port);
        // The server knows its port only once it listens, and then a request may already wait.
        var started = new TaskCompletionSource<EmulatorServer>(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Run(async context => await (await started.Task).HandleAsync(context));
        await app.StartAsync(cancellationToken);
        started.SetResult(new(app, cloud));
        return await started.Task;
    }

    /// <summary>
    /// The environment in which a function's process finds Lambda and AWS here. Any credentials do; the access key id says who calls.
    /// </summary>
    public IReadOnlyDictionary<string, string> FunctionEnvironment(string accessKeyId) => new Dictionary<string, string>
    {
        ["AWS_LAMBDA_RUNTIME_API"] = RuntimeApi,
        ["AWS_ENDPOINT_URL"] = Url.GetLeftPart(UriPartial.Authority),
        ["AWS_REGION"] = Cloud.Options.Region,
        ["AWS_ACCESS_KEY_ID"] = accessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _launcher.DisposeAsync();
        await _alarm.DisposeAsync();
        await _stopping.CancelAsync();
        await LoopbackServer.StopAsync(_app, StopLimit);
        _outlets.Dispose();
        _stopping.Dispose();
    }

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (Browsers.Refuse(context.Request, path.StartsWith(AdminPages.Prefix, StringComparison.Ordinal)) is { } refusal)
            return context.WriteAsync(refusal);
        if (path.StartsWith(RuntimeEndpoint.Prefix, StringComparison.Ordinal))
            return _runtime.HandleAsync(context, path[RuntimeEndpoint.Prefix.Length..], _stopping.Token);
        if (path == LiveView.Path)
            return LiveView.StreamAsync(Cloud, context, _stopping.Token);
        if (path.StartsWith(AdminPages.Prefix, StringComparison.Ordinal))
            return AnswerAdminAsync(context, path[AdminPages.Prefix.Length..]);
        return AnswerAsync(context, _stopping.Token);
    }

    private async Task AnswerAdminAsync(HttpContext context, string path)
    {
        var (method, body) = (context.Request.Method, await context.Request.ReadBodyAsync());
        var reply = _packets.Answer(method, path.Trim('/'), body)
            ?? (HttpMethods.IsPost(method) ? _adminActions.Answer(path, body) : _admin.Answer(path));
        await context.WriteAsync(reply);
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var time = Cloud.Options.Time;
        var request = await context.Request.ReadAsync();
        var fate = Cloud.Gateway.Draw(request);
        await LongPoll.WaitAsync(Cloud, request, cancellationToken);
        await Fate.WaitAsync(time, fate.Latency / 2, cancellationToken);
        if (fate.Kind == FateKind.CutBefore)
        {
            context.Abort();
            return;
        }

        var reply = Cloud.Gateway.Answer(request, fate);
        if (reply.Later is { } later)
            reply = await later.WaitAsync(cancellationToken);
        await Fate.WaitAsync(time, fate.Latency / 2, cancellationToken);
        await FateOnWire.DeliverAsync(context, reply, fate, time, cancellationToken);
    }
}

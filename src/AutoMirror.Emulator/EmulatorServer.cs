using System.IO.Compression;
using AutoMirror.Emulator.Admin;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.RuntimeApi;
using AutoMirror.Emulator.Sqs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AutoMirror.Emulator;

/// <summary>The cloud behind HTTP, on loopback only: every AWS API on one endpoint, the Lambda Runtime API beside it.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _alarmGate = new();
    private readonly ITimer _alarm;

    private EmulatorServer(WebApplication app, Cloud cloud)
    {
        _app = app;
        Cloud = cloud;
        Url = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        cloud.Endpoint = Url;
        _alarm = cloud.Options.Time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        cloud.AgendaChanged += SetAlarm;
        SetAlarm();
    }

    /// <summary>The endpoint of every AWS API.</summary>
    public Uri Url { get; }

    /// <summary>What <c>AWS_LAMBDA_RUNTIME_API</c> should say.</summary>
    public string RuntimeApi => Url.Authority;

    /// <summary>The environment in which a function's process finds Lambda and AWS here. Any credentials do; the access key id is who calls.</summary>
    public IReadOnlyDictionary<string, string> FunctionEnvironment(string accessKeyId) => new Dictionary<string, string>
    {
        ["AWS_LAMBDA_RUNTIME_API"] = RuntimeApi,
        ["AWS_ENDPOINT_URL"] = Url.GetLeftPart(UriPartial.Authority),
        ["AWS_REGION"] = Cloud.Options.Region,
        ["AWS_ACCESS_KEY_ID"] = accessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
    };

    /// <summary>The state behind it.</summary>
    public Cloud Cloud { get; }

    /// <summary>Starts listening.</summary>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken cancellationToken = default)
    {
        var cloud = new Cloud(options);
        // Empty: no settings from the folder or the environment, no log on the console, no handlers for the process's signals.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        var app = builder.Build();
        var server = new TaskCompletionSource<EmulatorServer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var runtime = new RuntimeEndpoint(cloud);
        var invoke = new InvokeEndpoint(cloud);
        var admin = new AdminPages(cloud);
        app.Run(async context =>
        {
            var path = context.Request.Path.Value ?? "/";
            var stop = (await server.Task)._stopping.Token;
            if (path.StartsWith(RuntimeEndpoint.Prefix, StringComparison.Ordinal))
                await runtime.HandleAsync(context, path[RuntimeEndpoint.Prefix.Length..], stop);
            else if (path.StartsWith(InvokeEndpoint.Prefix, StringComparison.Ordinal))
                await invoke.HandleAsync(context, path[InvokeEndpoint.Prefix.Length..], stop);
            else if (path.StartsWith(AdminPages.Prefix, StringComparison.Ordinal))
                await WriteAsync(context, admin.Answer(path[AdminPages.Prefix.Length..]));
            else
                await AnswerAsync(context, cloud, stop);
        });
        await app.StartAsync(cancellationToken);
        server.SetResult(new(app, cloud));
        return await server.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cloud.AgendaChanged -= SetAlarm;
        await _alarm.DisposeAsync();
        await _stopping.CancelAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _app.StopAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // A client that holds its connection open does not keep the emulator alive.
        }

        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    internal static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        if (request.Headers.ContentEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await using var unzipped = new GZipStream(request.Body, CompressionMode.Decompress);
            await unzipped.CopyToAsync(buffer);
        }
        else
        {
            await request.Body.CopyToAsync(buffer);
        }

        return buffer.ToArray();
    }

    internal static async Task WriteAsync(HttpContext context, WireReply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(reply.Body);
    }

    private static async Task AnswerAsync(HttpContext context, Cloud cloud, CancellationToken stop)
    {
        var request = await ReadAsync(context.Request);
        var fate = cloud.Gateway.Draw(request);
        await LongPoll.WaitAsync(cloud, request, stop);
        await Fate.WaitAsync(cloud.Options.Time, fate.Latency / 2, stop);
        if (fate.Kind == FateKind.CutBefore)
        {
            context.Abort();
            return;
        }

        var reply = cloud.Gateway.Answer(request, fate);
        await Fate.WaitAsync(cloud.Options.Time, fate.Latency / 2, stop);
        await FateOnWire.DeliverAsync(context, reply, fate, cloud.Options.Time, stop);
    }

    private static async Task<WireRequest> ReadAsync(HttpRequest request) => new(
        request.Method, request.Path.Value ?? "/", request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
        name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, await ReadBodyAsync(request));

    /// <summary>Does what is due and looks for what comes next, whether something was due or the alarm was early.</summary>
    private void Ring()
    {
        Cloud.Advance();
        SetAlarm();
    }

    private void SetAlarm()
    {
        lock (_alarmGate)
        {
            if (Cloud.NextDue is not { } due)
                return;
            var wait = due - Cloud.Options.Time.GetUtcNow();
            try
            {
                // Timers cut their wait to whole milliseconds: one more, so as seldom to be early.
                _alarm.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // Something came due while the server stops.
            }
        }
    }
}

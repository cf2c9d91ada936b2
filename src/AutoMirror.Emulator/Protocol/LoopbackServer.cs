using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AutoMirror.Emulator.Protocol;

/// <summary>A server on loopback that takes nothing from its folder or environment, and stops soon.</summary>
internal static class LoopbackServer
{
    /// <summary>The longest body: the emulator's largest requests are functions' archives.</summary>
    public const long LargestBody = 64 * 1024 * 1024;

    /// <summary>Builds one.</summary>
    /// <param name="port">Its port; 0 for any that is free.</param>
    public static WebApplication Build(int port)
    {
        // Empty: no settings from the folder or the environment, no log on the console, no handlers for the process's signals.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        return builder.Build();
    }

    /// <summary>Where one that has started listens.</summary>
    public static Uri UrlOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Stops one. A client that holds its connection open does not keep it alive.</summary>
    /// <param name="app">The server.</param>
    /// <param name="limit">How long a client may hold it.</param>
    public static async Task StopAsync(WebApplication app, TimeSpan limit)
    {
        using var over = new CancellationTokenSource(limit);
        try
        {
            await app.StopAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            // The client's connection ends with the server.
        }

        await app.DisposeAsync();
    }
}

using AutoMirror.Cli.Demo;
using AutoMirror.Emulator;
using AutoMirror.EndToEnd.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary>The page of the demo's account, at the end of its day. AUTOMIRROR_UPDATE_PICTURES=1 takes its picture anew.</summary>
public sealed class DemoPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Width = 1280;

    // What GitHub shows beside text, it shows to everybody who clones.
    private const int MostBytes = 250_000;

    private static readonly string Picture = Repository.PathOf(".github", "coverage.png");
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    [NeedsChromiumFact]
    public async Task The_demos_account_has_a_page()
    {
        await using var server = await PlayedAsync();
        var file = Path.Combine(browser.Folder, "demo.html");
        var result = await Programs.CliAsync(
            ["status", "--html", file], new Dictionary<string, string?>(Environments(server)) { ["AWS_SESSION_TOKEN"] = null });
        Assert.True(result.ExitCode == 0, result.Error);

        await using var tab = await browser.OpenAsync(new Uri(file).AbsoluteUri, Width);

        Assert.Contains("web", string.Join(' ', await tab.TextsAsync("#table .value-name")), StringComparison.Ordinal);
        Assert.Contains("t2 can't be mirrored by EC2", await tab.TextAsync("#blind"), StringComparison.Ordinal);
        Assert.Empty(tab.Faults);
        if (Environment.GetEnvironmentVariable("AUTOMIRROR_UPDATE_PICTURES") == "1")
            await File.WriteAllBytesAsync(Picture, await tab.PictureAsync());
    }

    [Fact]
    public void The_picture_of_it_is_small() => Assert.InRange(new FileInfo(Picture).Length, 1, MostBytes);

    private static IEnumerable<KeyValuePair<string, string?>> Environments(EmulatorServer server) =>
        server.FunctionEnvironment("AKIADEMOPERSON").Select(each => KeyValuePair.Create(each.Key, (string?)each.Value));

    private static async Task<EmulatorServer> PlayedAsync()
    {
        using var sensor = new SensorSide();
        var server = await EmulatorServer.StartAsync(new EmulatorOptions
        {
            MirrorTo = [new(null, sensor.EndPoint)], PendingFor = Soon, StoppingFor = Soon, ShuttingDownFor = Soon, AttachingFor = Soon / 2,
        });
        await using var function = BootstrapProcess.Start(server);
        using var account = new Account(server);
        var screen = new Screen(TextWriter.Null, isRedirected: true);
        using var report = await new Day(server, account, function, new Talk(server, account, sensor, screen), screen)
            .PlayAsync(CancellationToken.None);
        return server;
    }
}

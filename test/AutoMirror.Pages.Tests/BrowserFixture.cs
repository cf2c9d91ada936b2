using PuppeteerSharp;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary>One headless browser for the tests of a class, and the pages of generated accounts, each made once by the tool.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pages");
    private readonly Dictionary<int, string> _pages = [];

    private IBrowser? _browser;

    /// <summary>The folder that the fixture's files lie in.</summary>
    internal string Folder => _folder.FullName;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
            return;

        // Chromium refuses its sandbox to root, which containers mostly are; what it opens here is our own.
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Chromium.Path, Headless = true, Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>Opens an address, and waits until its script has run.</summary>
    /// <param name="width">Of the window, in CSS pixels.</param>
    internal async Task<Tab> OpenAsync(string url, int width = 1440, bool isDark = false)
    {
        var tab = await Tab.OpenAsync(await _browser!.CreateBrowserContextAsync(), width, isDark);
        await tab.GoAsync(url);
        return tab;
    }

    /// <summary>The address of the page of an account with so many workloads.</summary>
    internal async Task<string> PageOfAsync(int count)
    {
        if (_pages.TryGetValue(count, out var page))
            return page;
        var recording = new GeneratedAccount(count).WriteTo(Path.Combine(Folder, $"recording-{count}"));
        var file = Path.Combine(Folder, $"{count}.html");
        await Status.RunAsync(recording, "--html", file);
        return _pages[count] = new Uri(file).AbsoluteUri;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

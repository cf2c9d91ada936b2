using System.Text.Json;
using Deque.AxeCore.Commons;
using PuppeteerSharp;
using PuppeteerSharp.Media;

namespace AutoMirror.Pages.Tests;

/// <summary>A tab of the browser, which remembers whatever a page should not do.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private const int Height = 900;

    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly List<string> _faults = [];
    private readonly List<string> _requests = [];

    private Tab(IBrowserContext context, IPage page)
    {
        (_context, _page) = (context, page);
        page.Console += (_, said) => Keep(_faults, $"{said.Message.Type}: {said.Message.Text}");
        page.PageError += (_, problem) => Keep(_faults, problem.Message);
        page.Request += (_, sent) => Keep(_requests, sent.Request.Url);
    }

    /// <summary>What the console said, and errors that nobody caught.</summary>
    public IReadOnlyList<string> Faults => Kept(_faults);

    /// <summary>What was asked for, but the page itself.</summary>
    public IReadOnlyList<string> Requests =>
        [.. Kept(_requests).Where(url => !url.StartsWith("data:", StringComparison.Ordinal)).Skip(1)];

    public static async Task<Tab> OpenAsync(IBrowserContext context, int width, bool isDark)
    {
        var page = await context.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = Height });
        await page.EmulateMediaFeaturesAsync(
        [
            new() { MediaFeature = MediaFeature.PrefersColorScheme, Value = isDark ? "dark" : "light" },
            new() { MediaFeature = MediaFeature.PrefersReducedMotion, Value = "reduce" },
        ]);
        return new Tab(context, page);
    }

    public async Task GoAsync(string url) => await _page.GoToAsync(url, WaitUntilNavigation.Load);

    public async Task ReloadAsync() => await _page.ReloadAsync();

    public Task ClickAsync(string selector) => _page.ClickAsync(selector);

    public Task PressAsync(string key) => _page.Keyboard.PressAsync(key);

    /// <summary>Types into a field, letter by letter.</summary>
    public Task TypeAsync(string selector, string text) => _page.TypeAsync(selector, text);

    public Task SelectAsync(string selector, string value) => _page.SelectAsync(selector, value);

    /// <summary>What an expression of the page is.</summary>
    public Task<T> ReadAsync<T>(string expression) => _page.EvaluateExpressionAsync<T>(expression);

    /// <summary>The text of the first element that a selector finds; null where there is none.</summary>
    public Task<string?> TextAsync(string selector) =>
        ReadAsync<string?>($"document.querySelector({JsonSerializer.Serialize(selector)})?.innerText ?? null");

    /// <summary>The texts of all elements that a selector finds.</summary>
    public Task<string[]> TextsAsync(string selector) =>
        ReadAsync<string[]>($"[...document.querySelectorAll({JsonSerializer.Serialize(selector)})].map(each => each.innerText)");

    /// <summary>Waits until an expression of the page is true.</summary>
    public Task WaitAsync(string expression) => _page.WaitForExpressionAsync(expression, new() { Timeout = 15_000 });

    /// <summary>The page as a PDF file.</summary>
    public Task<byte[]> PrintAsync() => _page.PdfDataAsync(new PdfOptions { PreferCSSPageSize = true, Format = PaperFormat.A4 });

    /// <summary>A picture of the whole page.</summary>
    public Task<byte[]> PictureAsync() => _page.ScreenshotDataAsync(new ScreenshotOptions { FullPage = true });

    /// <summary>What axe-core finds against WCAG 2.2 A and AA and its best practices: each rule with the elements that break it.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        await _page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        return await _page.EvaluateExpressionAsync<string[]>(
            """
            axe.run(document, { resultTypes: ["violations"] }).then(found => found.violations.map(each =>
              `${each.id}: ${each.help}: ${each.nodes.map(node => node.target.join(" ")).slice(0, 5).join(", ")}`))
            """);
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static void Keep(List<string> list, string text)
    {
        lock (list)
            list.Add(text);
    }

    private static string[] Kept(List<string> list)
    {
        lock (list)
            return [.. list];
    }
}

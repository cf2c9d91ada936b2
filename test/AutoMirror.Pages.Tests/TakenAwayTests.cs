using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary>What is taken from the page of <c>status --html</c>: on paper, and by the clipboard.</summary>
public sealed partial class TakenAwayTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Rows = "#table tbody[role=rowgroup] tr";

    /// <summary>Of 10,000 a part, as a person would print it: laying out 500 pages takes Chromium minutes.</summary>
    [NeedsChromiumTheory]
    [InlineData(10, "")]
    [InlineData(1000, "")]
    [InlineData(10_000, "#state=hindered")]
    public async Task It_prints_every_interface_of_the_view(int count, string view)
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(count) + view);
        var counted = (await tab.TextAsync("#counted"))!.Split(' ')[0].Replace(",", "", StringComparison.Ordinal);

        // All of them are there while it prints, and not before or after.
        await tab.ReadAsync<bool>(
            $"(addEventListener('beforeprint', () => globalThis.printed = document.querySelectorAll('{Rows}').length), true)");
        var file = await tab.PrintAsync();

        Assert.StartsWith("%PDF", Encoding.ASCII.GetString(file, 0, 8), StringComparison.Ordinal);
        Assert.Equal(counted, $"{await tab.ReadAsync<int>("globalThis.printed")}");
        Assert.True(await tab.ReadAsync<int>($"document.querySelectorAll('{Rows}').length") < 60);
        Assert.True(Pages(file) > 1, $"{Pages(file)} pages");
    }

    [NeedsChromiumFact]
    public async Task What_is_copied_is_the_table_of_the_evidence()
    {
        var recording = new GeneratedAccount(12).WriteTo(Path.Combine(browser.Folder, "copied"));
        var folder = Path.Combine(browser.Folder, "copied-evidence");
        await Status.RunAsync(recording, "--evidence", folder);
        await using var tab = await browser.OpenAsync(new Uri(Path.Combine(folder, "coverage.html")).AbsoluteUri + "#sort=interface");
        await tab.ReadAsync<bool>("(navigator.clipboard.writeText = async text => { globalThis.copied = text; }, true)");

        await tab.ClickAsync("#tools button:nth-child(1)");
        var csv = await tab.ReadAsync<string>("globalThis.copied");
        await tab.ClickAsync("#tools button:nth-child(2)");
        var json = JsonNode.Parse(await tab.ReadAsync<string>("globalThis.copied"))!;
        await tab.ClickAsync("#tools button:nth-child(3)");

        Assert.Equal(Lines(await File.ReadAllTextAsync(Path.Combine(folder, "interfaces.csv"))), Lines(csv));
        var written = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "coverage.json")))!["interfaces"]!.AsArray();
        Assert.Equal(written.Select(each => each!.ToJsonString()).Order(), json.AsArray().Select(each => each!.ToJsonString()).Order());
        Assert.EndsWith("#sort=interface", await tab.ReadAsync<string>("globalThis.copied"), StringComparison.Ordinal);
        Assert.Empty(tab.Faults);

        static IEnumerable<string> Lines(string text) => text.Split("\r\n").Order(StringComparer.Ordinal);
    }

    private static int Pages(byte[] file) => PdfPage().Count(Encoding.Latin1.GetString(file));

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PdfPage();
}

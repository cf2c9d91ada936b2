using System.Text.RegularExpressions;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary>The page of <c>status --html</c>, opened from its file in a real browser.</summary>
public sealed partial class CoveragePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Rows = "#table tbody[role=rowgroup] tr";
    private const string IsDetailOpen = "document.querySelector('#detail').open";

    /// <summary>How many workloads, how wide the window, and whether it is dark.</summary>
    public static TheoryData<int, int, bool> Sizes()
    {
        var all = new TheoryData<int, int, bool>();
        foreach (var count in (int[])[10, 1000, 10_000])
        {
            foreach (var width in (int[])[360, 1440])
            {
                all.Add(count, width, false);
                all.Add(count, width, true);
            }
        }

        return all;
    }

    [NeedsChromiumTheory]
    [MemberData(nameof(Sizes))]
    public async Task It_opens_without_an_error_or_a_request_and_axe_finds_nothing(int count, int width, bool isDark)
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(count), width, isDark);

        Assert.Empty(await tab.AxeAsync());
        await tab.ClickAsync($"{Rows} button");
        await tab.WaitAsync(IsDetailOpen);
        Assert.Empty(await tab.AxeAsync());
        Assert.Empty(tab.Faults);
        Assert.Empty(tab.Requests);
        Assert.True(await tab.ReadAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window");
    }

    [NeedsChromiumFact]
    public async Task A_search_finds_and_the_address_keeps_it()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(1000));

        await tab.TypeAsync("#search", "database-1 us-east-1b");

        var names = await tab.TextsAsync($"{Rows} .value-name");
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.StartsWith("database-1", name, StringComparison.Ordinal));
        Assert.Matches("^[0-9]+ of 1,003 interfaces$", await tab.TextAsync("#counted"));
        Assert.Equal("#q=database-1+us-east-1b", await tab.ReadAsync<string>("location.hash"));
    }

    [NeedsChromiumFact]
    public async Task A_heading_sorts_and_sorts_back_and_says_so()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(1000));

        await tab.ClickAsync("button[data-key=name]");
        var upwards = await tab.TextsAsync($"{Rows} .value-name");
        await tab.ClickAsync("button[data-key=name]");
        var downwards = await tab.TextsAsync($"{Rows} .value-name");

        Assert.Equal(["ascending", "descending"], [Sorted(upwards), Sorted(downwards)]);
        Assert.Equal("descending", await tab.ReadAsync<string>("document.querySelector('th:has([data-key=name])').ariaSort"));
        Assert.Equal("#sort=-name", await tab.ReadAsync<string>("location.hash"));

        // As people sort names: by their numbers, where they have some.
        static string Sorted(IEnumerable<string> names) => (
            from name in names
            where NumberedName().IsMatch(name)
            let parts = name.Split('-')
            select (parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture))).ToList() switch
        {
            var all when all.Order().SequenceEqual(all) => "ascending",
            var all when all.OrderDescending().SequenceEqual(all) => "descending",
            _ => "not sorted",
        };
    }

    [NeedsChromiumFact]
    public async Task A_bar_a_reason_and_a_column_filter_and_each_can_be_taken_away()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(1000));

        await tab.ClickAsync(".bar[data-value='us-east-1a']");
        Assert.Equal("true", await tab.ReadAsync<string>("document.querySelector(\".bar[data-value='us-east-1a']\").ariaPressed"));
        Assert.Equal(["us-east-1a"], (await tab.TextsAsync($"{Rows} .value-zone")).Distinct());
        await tab.ClickAsync(".by-column summary");
        await tab.SelectAsync(".fields label:first-child select", "unsupported");
        Assert.Equal(["unsupported"], (await tab.TextsAsync($"{Rows} .value-state")).Distinct());
        Assert.Equal("#zone=us-east-1a&state=unsupported", await tab.ReadAsync<string>("location.hash"));
        foreach (var left in (int[])[1, 0])
        {
            await tab.ClickAsync(".chip");
            Assert.Equal(left, await tab.ReadAsync<int>("document.querySelectorAll('.chip').length"));
        }

        Assert.Equal("1,003 interfaces", await tab.TextAsync("#counted"));
        var wanted = (await tab.TextAsync("#missing .entry .number"))!;
        await tab.ClickAsync("#missing .entry");
        Assert.Equal($"{wanted} of 1,003 interfaces", await tab.TextAsync("#counted"));
    }

    [NeedsChromiumFact]
    public async Task A_row_opens_to_the_chain_of_reasons_and_the_packets_it_cannot_see()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(1000));
        await tab.TypeAsync("#search", "mirrored m5.large");
        var name = await tab.TextAsync($"{Rows} button");

        await tab.ClickAsync($"{Rows} button");
        await tab.WaitAsync(IsDetailOpen);

        Assert.Equal(name, await tab.TextAsync("#detail-title"));
        Assert.Equal("the instance's tag Mirror is 'true'", (await tab.TextsAsync("#detail .chain li"))[0]);
        Assert.Contains("IPv6", await tab.TextsAsync("#detail .spots li"));
        Assert.Contains("Amazon's resolver", string.Join(' ', await tab.TextsAsync("#detail .spots li")), StringComparison.Ordinal);
        await tab.PressAsync("Escape");
        await tab.WaitAsync($"!{IsDetailOpen}");
        Assert.Equal(name, await tab.ReadAsync<string>("document.activeElement.innerText"));
    }

    [NeedsChromiumFact]
    public async Task The_address_brings_the_same_view_back()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(1000));
        await tab.TypeAsync("#search", "web");
        await tab.ClickAsync(".bar[data-key=zone]");
        await tab.ClickAsync("button[data-key=vni]");
        await tab.ClickAsync($"{Rows} button");
        await tab.WaitAsync(IsDetailOpen);
        var before = await ViewAsync();

        await tab.ReloadAsync();
        await tab.WaitAsync(IsDetailOpen);
        Assert.Equal(before, await ViewAsync());

        await tab.GoAsync($"{await browser.PageOfAsync(1000)}#sort=nonsense&nonsense=1&__proto__=2&state=never&open=nobody");
        await tab.WaitAsync("document.querySelector('#counted').innerText.startsWith('0 of')");
        Assert.Empty(tab.Faults);

        async Task<string> ViewAsync() => string.Join('\n', (string?[])[
            await tab.ReadAsync<string>("document.querySelector('#search').value + location.hash"), await tab.TextAsync("#counted"),
            await tab.TextAsync(".chips"), await tab.TextAsync("#table"), await tab.TextAsync("#detail")]);
    }

    [NeedsChromiumFact]
    public async Task A_name_that_is_markup_is_shown_as_it_is()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(10));

        await tab.TypeAsync("#search", GeneratedAccount.HostileName);

        Assert.Equal(GeneratedAccount.HostileName, await tab.TextAsync($"{Rows} .value-name"));
        await tab.ClickAsync($"{Rows} button");
        await tab.WaitAsync(IsDetailOpen);
        Assert.Contains(GeneratedAccount.HostileName, await tab.TextAsync("#detail"), StringComparison.Ordinal);
        Assert.Equal(2, await tab.ReadAsync<int>("document.scripts.length"));
        Assert.Empty(tab.Faults);
    }

    [NeedsChromiumFact]
    public async Task The_policy_of_the_page_lets_nothing_in_or_out()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(10));

        await tab.ReadAsync<bool>(
            """
            (() => {
              addEventListener("securitypolicyviolation", event => (globalThis.blocked ??= []).push(event.effectiveDirective));
              const script = document.createElement("script");
              try { script.text = "globalThis.ran = true"; } catch { (globalThis.blocked ??= []).push("trusted-types"); }
              document.body.append(script);
              fetch("https://example.com/").catch(() => {});
              const image = document.createElement("img");
              image.src = "https://example.com/x.png";
              document.body.append(image);
              return true;
            })()
            """);

        await tab.WaitAsync("globalThis.blocked?.includes('connect-src') && globalThis.blocked.includes('img-src')");
        Assert.False(await tab.ReadAsync<bool>("globalThis.ran === true"));
    }

    [NeedsChromiumFact]
    public async Task All_of_it_can_be_done_by_keyboard()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(1000));
        await tab.PressAsync("Tab");
        await tab.PressAsync("Enter");
        Assert.Equal("interfaces", await tab.ReadAsync<string>("document.activeElement.id"));
        for (var steps = 0; !await tab.ReadAsync<bool>("document.activeElement.closest('tbody') !== null"); steps++)
        {
            Assert.True(steps < 40, "Tab does not come to the rows");
            await tab.PressAsync("Tab");
        }

        foreach (var key in (string[])["ArrowDown", "ArrowDown", "PageDown", "End"])
            await tab.PressAsync(key);
        Assert.Equal("1004", await tab.ReadAsync<string>("document.activeElement.closest('tr').ariaRowIndex"));
        await tab.PressAsync("Home");
        await tab.PressAsync("ArrowDown");
        Assert.Equal("3", await tab.ReadAsync<string>("document.activeElement.closest('tr').ariaRowIndex"));
        await tab.PressAsync("Enter");
        await tab.WaitAsync(IsDetailOpen);
        await tab.PressAsync("Escape");
        await tab.WaitAsync($"!{IsDetailOpen}");
        Assert.Equal("3", await tab.ReadAsync<string>("document.activeElement.closest('tr').ariaRowIndex"));
    }

    [NeedsChromiumFact]
    public async Task Axe_would_find_what_is_wrong()
    {
        await using var tab = await browser.OpenAsync(await browser.PageOfAsync(10));
        await tab.ReadAsync<bool>(
            """
            (document.querySelector(".order span").remove(), document.documentElement.lang = "",
              document.querySelector("#counted").style.color = "#ddd", true)
            """);

        var found = string.Join(' ', await tab.AxeAsync());

        Assert.All(
            ["select-name:", "html-has-lang:", "color-contrast:"], rule => Assert.Contains(rule, found, StringComparison.Ordinal));
    }

    [GeneratedRegex("^[a-z]+-[0-9]+$")]
    private static partial Regex NumberedName();
}

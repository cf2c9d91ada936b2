using System.Net;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Faults;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary>The emulator's own page, <c>/_automirror/</c>.</summary>
public sealed class EmulatorPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Live = "document.querySelector('#facts').innerText.includes('live')";

    [NeedsChromiumTheory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    public async Task It_is_well_formed_for_everybody_and_asks_nobody_else(int width, bool isDark)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync(count: 3);
        await account.NewForeignSessionAsync((await account.LaunchAsync()).NetworkInterfaces[0].NetworkInterfaceId, 1);

        await using var tab = await browser.OpenAsync(PageOf(account), width, isDark);
        await tab.WaitAsync("document.querySelectorAll('#instances tbody tr').length === 5");

        Assert.Empty(await tab.AxeAsync());
        Assert.Empty(tab.Faults);
        Assert.All(tab.Requests, url => Assert.StartsWith(account.Server.Url.ToString(), url, StringComparison.Ordinal));
        Assert.True(await tab.ReadAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window");
    }

    [NeedsChromiumFact]
    public async Task A_person_launches_tags_sends_a_packet_and_stops_and_sees_it_live()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var tab = await browser.OpenAsync(PageOf(account));
        await tab.WaitAsync(Live);

        await tab.ReadAsync<string>("document.querySelector('#launch').elements.name.value = '<script>alert(1)</script>'");
        await tab.ClickAsync("#launch .button");
        await tab.WaitAsync("document.querySelector('#instances').innerText.includes('Mirror=true, Name=<script>alert(1)</script>')");
        var launched = (await account.Ec2.DescribeInstancesAsync(new())).Reservations.SelectMany(each => each.Instances)
            .Single(each => each.Tags?.Exists(tag => tag.Value == "<script>alert(1)</script>") is true);

        await tab.TypeAsync("#tag [name=resourceId]", launched.InstanceId);
        await tab.ClickAsync("#tag .button.main");
        await tab.WaitAsync($"document.querySelector('#said').innerText === '{launched.InstanceId} is tagged Mirror=true.'");

        await account.NewForeignSessionAsync(launched.NetworkInterfaces[0].NetworkInterfaceId, 1);
        await tab.ReadAsync<string>(
            $"document.querySelector('#send').elements.from.value = '{launched.NetworkInterfaces[0].NetworkInterfaceId}'");
        await tab.ClickAsync("#send .button");
        await tab.WaitAsync("document.querySelectorAll('#packets tbody tr').length > 0");
        Assert.Contains(launched.NetworkInterfaces[0].NetworkInterfaceId, await tab.TextAsync("#packets"), StringComparison.Ordinal);

        await tab.ClickAsync($"[data-key='stop {launched.InstanceId}']");
        await tab.WaitAsync($"document.querySelector(\"[data-key='start {launched.InstanceId}']\") !== null");
        Assert.Contains("EC2 Instance State-change Notification", await tab.TextAsync("#events"), StringComparison.Ordinal);
        Assert.Empty(tab.Faults);
    }

    [NeedsChromiumFact]
    public async Task Requests_come_with_their_latency_and_their_faults()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var tab = await browser.OpenAsync(PageOf(account));
        account.Cloud.RequestFaults = new RequestFaults { Unavailable = 1 };

        await Assert.ThrowsAnyAsync<Amazon.EC2.AmazonEC2Exception>(() => account.Ec2.DescribeInstancesAsync(new()));

        await tab.WaitAsync("document.querySelector('#requests').innerText.includes('DescribeInstances')");
        Assert.Contains("Unavailable", await tab.TextAsync("#requests tbody tr"), StringComparison.Ordinal);
        Assert.Matches(@"\d+\.\d ms", (await tab.TextAsync("#requests tbody tr"))!);
    }

    [NeedsChromiumFact]
    public async Task What_the_emulator_refuses_the_page_says()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var tab = await browser.OpenAsync(PageOf(account));
        await tab.WaitAsync(Live);

        await tab.TypeAsync("#tag [name=resourceId]", "i-0123456789abcdef0");
        await tab.ClickAsync("#tag .button.main");

        await tab.WaitAsync("document.querySelector('#said.bad')?.innerText.includes('InvalidInstanceID.NotFound')");
    }

    [Theory]
    [InlineData("GET", "live")]
    [InlineData("POST", "instances")]
    [InlineData("POST", "tags")]
    [InlineData("POST", "packets")]
    public async Task Another_sites_page_gets_nothing_and_does_nothing(string method, string path)
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions());
        using var http = new HttpClient();
        foreach (var (header, value) in ((string, string)[])[
            ("Origin", "https://evil.example"), ("Host", "evil.example"), ("Origin", "null")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Url, $"_automirror/{path}"));
            request.Headers.TryAddWithoutValidation(header, value);
            if (method == "POST")
                request.Content = new StringContent("{}");

            Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(request)).StatusCode);
        }

        Assert.Empty(server.Cloud.Ec2.Instances.Describe(Query.All).Items);
    }

    [Theory]
    [InlineData("")]
    [InlineData("page/emulator.js")]
    [InlineData("page/look.css")]
    public async Task Each_file_says_that_nothing_else_may_run_in_it_or_frame_it(string path)
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions());
        using var http = new HttpClient();

        using var reply = await http.GetAsync(new Uri(server.Url, $"_automirror/{path}"));

        var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], reply.Headers.GetValues("X-Content-Type-Options"));
    }

    private static string PageOf(EmulatedAccount account) => new Uri(account.Server.Url, "_automirror/").ToString();
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary><c>status --evidence</c> and <c>--since</c>, and what every page holds, without a browser.</summary>
public sealed partial class EvidenceTests : IDisposable
{
    private static readonly DateTime Monday = new(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("evidence").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_file_has_its_sum_and_evidence_is_never_written_over()
    {
        var recording = Record("account", Monday);

        await Status.RunAsync(recording, "--evidence", At("evidence"));

        var sums = await File.ReadAllLinesAsync(At("evidence", "SHA256SUMS"));
        Assert.Equal(["coverage.html", "coverage.json", "interfaces.csv"], sums.Select(line => line[66..]));
        Assert.All(sums, line => Assert.Equal(
            line[..64], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At("evidence", line[66..]))))));
        var again = await Status.TryAsync(recording, "--evidence", At("evidence"));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("holds evidence already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_status_and_explain_say()
    {
        var recording = Record("account", Monday);

        await Status.RunAsync(recording, "--evidence", At("evidence"));

        var evidence = Read("evidence");
        var status = JsonNode.Parse(await Status.RunAsync(recording, "--json"))!.AsObject();
        var states = status["interfaces"]!.AsArray();
        status.Remove("interfaces");
        Assert.Equal($"automirror {status["build"]}", $"{evidence["made"]!["build"]}");
        status.Remove("build");
        Assert.Equal(status.ToJsonString(), evidence["status"]!.AsObject().Where(each => each.Key != "interfaces")
            .Aggregate(new JsonObject(), (all, each) => With(all, each.Key, each.Value)).ToJsonString());
        Assert.Equal(states.Count, evidence["interfaces"]!.AsArray().Count);
        foreach (var each in evidence["interfaces"]!.AsArray().Take(6))
        {
            var explained = JsonNode.Parse(await Status.ExplainAsync(recording, $"{each!["networkInterfaceId"]}"))!["interfaces"]![0]!;
            foreach (var field in (string[])["state", "verdict", "because", "whatToDo", "sessions", "blind", "address", "subnetId"])
                Assert.Equal(explained[field]?.ToJsonString(), each[field]?.ToJsonString());
        }

        static JsonObject With(JsonObject all, string name, JsonNode? value)
        {
            all[name] = value?.DeepClone();
            return all;
        }
    }

    [Fact]
    public async Task The_difference_says_who_became_mirrored_who_stopped_and_since_when()
    {
        await Status.RunAsync(Record("monday", Monday), "--evidence", At("1"));
        await Status.RunAsync(Record("tuesday", Monday.AddDays(1)), "--evidence", At("2"), "--since", At("1", "coverage.json"));
        var (lost, kept) = ("", "");
        var wednesday = Record("wednesday", Monday.AddDays(2), sessions =>
        {
            (lost, kept) = ($"{sessions[0]!["NetworkInterfaceId"]}", $"{sessions[1]!["NetworkInterfaceId"]}");
            sessions.RemoveAt(0);
        });

        var text = await Status.RunAsync(wednesday, "--evidence", At("3"), "--since", At("2", "coverage.json"));

        Assert.Contains("0 interfaces became mirrored, 1 stopped.", text, StringComparison.Ordinal);
        var difference = Read("3")["difference"]!;
        Assert.Equal([Time(1), Time(2)], [TimeOf(difference["since"]), TimeOf(difference["until"])]);
        var stopped = Assert.Single(difference["stopped"]!.AsArray())!;
        Assert.Equal(
            (lost, "mirrored", "pending"), ($"{stopped["networkInterfaceId"]}", $"{stopped["was"]}", $"{stopped["is"]}"));
        Assert.Equal(Time(0), TimeOf(stopped["wasSince"]));
        Assert.Equal((Time(2), Time(1)), (TimeOf(Of(lost)["since"]), TimeOf(Of(lost)["after"])));
        Assert.Equal(Time(0), TimeOf(Of(kept)["since"]));
        Assert.Null(Of(kept)["after"]);
        Assert.Contains($"stopped,{lost},", await File.ReadAllTextAsync(At("3", "difference.csv")), StringComparison.Ordinal);

        await Status.RunAsync(Record("thursday", Monday.AddDays(3)), "--evidence", At("4"), "--since", At("3", "coverage.json"));
        Assert.Equal(lost, $"{Assert.Single(Read("4")["difference"]!["became"]!.AsArray())!["networkInterfaceId"]}");

        JsonNode Of(string id) => Read("3")["interfaces"]!.AsArray().Single(each => $"{each!["networkInterfaceId"]}" == id)!;
        static DateTime Time(int day) => Monday.AddDays(day);
        static DateTime TimeOf(JsonNode? time) => time!.GetValue<DateTimeOffset>().UtcDateTime;
    }

    [Fact]
    public async Task What_is_no_evidence_of_this_deployment_as_it_was_written_is_refused()
    {
        var recording = Record("account", Monday);
        await Status.RunAsync(recording, "--evidence", At("evidence"));
        var file = At("evidence", "coverage.json");
        await File.WriteAllTextAsync(At("status.json"), await Status.RunAsync(recording, "--json"));

        await RefusedAsync("there is no file", "--since", At("nowhere.json"));
        await RefusedAsync("is no evidence of this tool", "--since", At("status.json"));
        await RefusedAsync("can't be compared with other in us-east-1", "--since", file, "--deployment", "other");
        await File.AppendAllTextAsync(file, " ");
        await RefusedAsync("is not what was written", "--since", file);

        async Task RefusedAsync(string why, params string[] arguments)
        {
            var result = await Status.TryAsync(recording, arguments);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_is_a_formula_is_text_to_a_spreadsheet_and_itself_in_json()
    {
        await Status.RunAsync(Record("account", Monday), "--evidence", At("evidence"));

        var table = await File.ReadAllTextAsync(At("evidence", "interfaces.csv"));

        Assert.Contains(",\"'=HYPERLINK(\"\"https://example.com\"\")\",", table, StringComparison.Ordinal);
        Assert.Contains(
            GeneratedAccount.FormulaName, Read("evidence")["interfaces"]!.AsArray().Select(each => $"{each!["name"]}"));
    }

    [Fact]
    public async Task The_page_holds_all_that_it_needs_and_names_it_in_its_policy()
    {
        await Status.RunAsync(Record("account", Monday), "--html", At("page.html"));

        var page = await File.ReadAllTextAsync(At("page.html"));

        Assert.Equal(3, ClosingTag().Count(page));
        var policy = Policy().Match(page).Groups["policy"].Value;
        foreach (var (element, directive) in ((string, string)[])[("script type=\"module\"", "script-src"), ("style", "style-src")])
        {
            var content = page.Split($"<{element}>")[1].Split($"</{element.Split(' ')[0]}>")[0];
            var hash = Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
            Assert.Contains($"{directive} 'sha256-{hash}'", policy, StringComparison.Ordinal);
        }

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("\\u003cscript>alert(1)", page, StringComparison.Ordinal);
        Assert.All(Reference().Matches(page).Select(match => match.Groups["to"].Value), to => Assert.Matches("^(data:|#)", to));
    }

    [Fact]
    public void No_two_modules_of_the_page_have_the_same_name_for_something()
    {
        var files = Directory.GetFiles(Repository.PathOf("src", "AutoMirror.Cli", "Pages", "Web"), "*.js")
            .Append(Repository.PathOf("src", "AutoMirror.Emulator", "Admin", "Web", "dom.js"));

        var names = files.SelectMany(file => TopLevelName().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value));

        Assert.Empty(names.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key));
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);

    private JsonNode Read(string folder) => JsonNode.Parse(File.ReadAllText(At(folder, "coverage.json")))!;

    /// <summary>Records the account as it is at a time, with changes to its sessions.</summary>
    private string Record(string name, DateTime at, Action<JsonArray>? change = null)
    {
        var folder = new GeneratedAccount(30).WriteTo(At(name));
        var file = Path.Combine(folder, "describe-traffic-mirror-sessions.json");
        var answer = JsonNode.Parse(File.ReadAllText(file))!;
        change?.Invoke(answer["TrafficMirrorSessions"]!.AsArray());
        File.WriteAllText(file, answer.ToJsonString());
        foreach (var each in Directory.GetFiles(folder))
            File.SetLastWriteTimeUtc(each, at);
        return folder;
    }

    [GeneratedRegex("</(script|style)", RegexOptions.IgnoreCase)]
    private static partial Regex ClosingTag();

    [GeneratedRegex("Content-Security-Policy\" content=\"(?<policy>[^\"]+)\"")]
    private static partial Regex Policy();

    [GeneratedRegex(@"<(?:link|script|img|a)\b[^>]*(?:href|src)=""(?<to>[^""]*)""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(?:export )?(?:async )?(?:function|const|let|class) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelName();
}

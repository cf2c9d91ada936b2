using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>What the tool's page shows is what the tool prints. AUTOMIRROR_UPDATE_TRANSCRIPTS=1 writes the page anew; review
/// that.</summary>
public sealed partial class TranscriptTests : IDisposable
{
    private static readonly string Page = Repository.PathOf("src", "AutoMirror.Cli", "README.md");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_transcript_is_what_the_tool_prints()
    {
        await using var account = await FurnishedAsync();
        var (page, written) = (File.ReadAllText(Page), new StringBuilder());
        var blocks = Block().Matches(page);
        Assert.NotEmpty(blocks);
        var at = 0;
        foreach (Match block in blocks)
        {
            written.Append(page, at, block.Index - at).Append("```console\n");
            foreach (var shown in block.Groups["text"].Value.Split("$ ", StringSplitOptions.RemoveEmptyEntries))
            {
                var line = shown.Split('\n')[0];
                var printed = await RunAsync(account, line);
                written.Append("$ ").Append(line).Append('\n').Append(printed);
                if (!IsUpdate)
                    Assert.Equal(Stable(shown[(line.Length + 1)..]), Stable(printed));
            }

            written.Append("```");
            at = block.Index + block.Length;
        }

        written.Append(page, at, page.Length - at);
        if (IsUpdate)
            await File.WriteAllTextAsync(Page, written.ToString());
    }

    [Fact]
    public async Task Every_document_has_the_fields_that_the_page_names()
    {
        await using var account = await FurnishedAsync();
        var known = await KnownAsync(account);
        await account.CliAsync("setup", "--sensor", $"default={known[0].Id}", "--yes");
        var rows = Row().Matches(File.ReadAllText(Page));
        Assert.Equal(16, rows.Count);
        foreach (Match row in rows)
        {
            var fields = row.Groups["fields"].Value.Split(", ").Select(field => field.Trim('`')).ToList();
            var command = row.Groups["command"].Value;
            foreach (var (placeholder, id) in known)
                command = command.Replace(placeholder, id, StringComparison.Ordinal);
            var result = await RunAsync(account, [.. Arguments(command), "--json"], "{}");
            var found = JsonDocument.Parse(result.Output).RootElement.EnumerateObject().Select(field => field.Name).ToList();
            Assert.True(found.Remove("build"), $"{command} does not say its build");
            Assert.True(
                fields.Where(field => !field.EndsWith('?')).All(found.Contains)
                    && found.All(field => fields.Contains(field) || fields.Contains($"{field}?")),
                $"{command} has {string.Join(", ", found)}, and the page says {string.Join(", ", fields)}");
        }
    }

    /// <summary>The cases that the page shows.</summary>
    private static string Cases => CaseBlock().Match(File.ReadAllText(Page)).Groups["json"].Value;

    private static bool IsUpdate => Environment.GetEnvironmentVariable("AUTOMIRROR_UPDATE_TRANSCRIPTS") == "1";

    private async Task<string> RunAsync(EmulatedAccount account, string line)
    {
        if (line.StartsWith("automirror adopt", StringComparison.Ordinal) && !line.EndsWith("--yes", StringComparison.Ordinal))
            await MirrorByScriptAsync(account);
        var known = await KnownAsync(account);
        foreach (var (placeholder, id) in known)
            line = line.Replace(placeholder, id, StringComparison.Ordinal);
        var result = await RunAsync(account, [.. Arguments(line["automirror ".Length..])], input: null);
        var text = new StringBuilder();
        foreach (var printed in $"{result.Output}{result.Error}".Split('\n'))
            text.Append(printed.TrimEnd('\r')).Append('\n');
        text.Length--;
        foreach (var (placeholder, id) in known)
            text.Replace(id, placeholder);
        return text.ToString().TrimStart('\n');
    }

    private Task<ToolResult> RunAsync(EmulatedAccount account, string[] arguments, string? input) => Tool.RunAsync(
        "dotnet", [Path.Combine(Programs.CliFolder, "automirror.dll"), .. arguments], account.Environment, input, _folder.FullName);

    /// <summary>What a script has made before AutoMirror came.</summary>
    private static async Task MirrorByScriptAsync(EmulatedAccount account)
    {
        var legacy = await account.LaunchAsync("m5.xlarge");
        await account.Ec2.CreateTrafficMirrorSessionAsync(new()
        {
            NetworkInterfaceId = legacy.NetworkInterfaces[0].NetworkInterfaceId, SessionNumber = 1, Description = "mirror",
            TrafficMirrorTargetId = account.Cloud.Ssm.Get("/automirror/targets/default").Value,
            TrafficMirrorFilterId = account.Cloud.Ssm.Get("/automirror/filter").Value,
            TagSpecifications = [new() { ResourceType = "traffic-mirror-session", Tags = [new("CreatedBy", "mirror-script")] }],
        });
    }

    /// <summary>Ids that the page names itself: the sensor's interface, and the first workload's instance and interface.</summary>
    private static async Task<IReadOnlyList<(string Placeholder, string Id)>> KnownAsync(EmulatedAccount account)
    {
        var instances = (await account.Ec2.DescribeInstancesAsync(new())).Reservations.SelectMany(each => each.Instances).ToList();
        var (web, sensor, batch) = (Named(instances, "web"), Named(instances, "sensor"), Named(instances, "batch"));
        return
        [
            ("eni-0aaaaaaaaaaaaaaa0", sensor.NetworkInterfaces[0].NetworkInterfaceId),
            ("eni-0bbbbbbbbbbbbbbb0", web.NetworkInterfaces[0].NetworkInterfaceId),
            ("i-0bbbbbbbbbbbbbbb0", web.InstanceId),
            ("i-0ccccccccccccccc0", batch.InstanceId),
        ];
    }

    private static Amazon.EC2.Model.Instance Named(IReadOnlyList<Amazon.EC2.Model.Instance> instances, string name) =>
        instances.First(instance => instance.Tags?.Exists(tag => tag.Key == "Name" && tag.Value == name) is true);

    private async Task<EmulatedAccount> FurnishedAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "new.json"), "{\n  \"untagged\": \"true\"\n}\n");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wrong.json"), "{\n  \"mode\": \"always\",\n  \"limits\": { \"percent\": 120 }\n}\n");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "cases.json"), Cases);
        var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"capture":{"hours":24}}""");
        await account.Ssm.DeleteParametersAsync(new() { Names = ["/automirror/filter", "/automirror/targets/default"] });
        foreach (var (name, type, tag) in ((string, string, string?)[])[
            ("sensor", "c5.xlarge", null), ("web", "m5.large", "true"), ("old", "t2.micro", "true"), ("batch", "c5.large", null)])
        {
            var instance = await account.LaunchAsync(type, tag);
            await account.Ec2.CreateTagsAsync(new([instance.InstanceId], [new("Name", name)]));
        }

        return account;
    }

    private static IEnumerable<string> Arguments(string line) =>
        Word().Matches(line).Select(word => word.Groups["quoted"].Success ? word.Groups["quoted"].Value : word.Value);

    // Ids, VNIs, addresses and times differ from run to run, and with them the width of columns.
    private static string Stable(string text) => Blanks().Replace(
        Changing().Replace(text.Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n'), "…"), " ");

    [GeneratedRegex(@"```console\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| `(?<command>[^`]+)` \| (?<fields>`.*`) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CaseBlock();

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"[a-z]+-[0-9a-f]{17}|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ?|\d+\.\d+\.\d+\.\d+|\b\d{4,8}\b")]
    private static partial Regex Changing();

    [GeneratedRegex("[ ]+")]
    private static partial Regex Blanks();
}

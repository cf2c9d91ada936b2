using System.Text.RegularExpressions;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator.Packets;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>What the README shows is what happens.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));
    private static readonly string ToolsPage = File.ReadAllText(Repository.PathOf("src", "AutoMirror.Cli", "README.md"));

    [Fact]
    public void The_two_commands_stand_on_the_first_screen()
    {
        var firstScreen = string.Join('\n', Readme.Split('\n').Take(12));

        Assert.Contains("dotnet run --project src/AutoMirror.Cli -- demo", firstScreen, StringComparison.Ordinal);
        Assert.Contains("dotnet test", firstScreen, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_two_screens_and_a_table_of_contents()
    {
        Assert.InRange(Readme.Split('\n').Length, 40, 140);
        Assert.Matches(@"!\[[^\]]{20,}\]\(\.github/[\w-]+\.svg\)", Readme);
    }

    [Fact]
    public async Task The_demo_prints_what_is_shown()
    {
        var shown = Readme.Split("```text\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(WithoutWhatChanges).ToList();

        var demo = await Programs.CliAsync(["demo"]);

        var printed = demo.Output.Split('\n').Select(WithoutWhatChanges).ToHashSet();
        Assert.True(shown.Count > 8);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    [NeedsToolFact("aws", "bash")]
    public async Task The_commands_for_the_aws_CLI_do_what_they_are_shown_for()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.Ssm.DeleteParametersAsync(new() { Names = ["/automirror/filter", "/automirror/targets/default"] });
        var section = ToolsPage.Split("## Try it with the aws CLI")[1].Split("```sh\n")[1].Split("```")[0];
        var commands = section.Split("\n\n").SkipWhile(block => !block.Contains("subnet=", StringComparison.Ordinal))
            .Select(
                block =>
                    block.Replace(
                        "dotnet run --project src/AutoMirror.Cli --", $"dotnet {Path.Combine(Programs.CliFolder, "automirror.dll")}",
                        StringComparison.Ordinal));

        // What these commands run with here stands above them: without a Region, version 1 of the CLI does nothing.
        string[] variables = ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        Assert.All(variables, name => Assert.Contains($" {name}=", section, StringComparison.Ordinal));

        var result = await Tool.RunAsync("bash", ["-euo", "pipefail", "-c", string.Join('\n', commands)], account.Environment);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("automirror/automirror", string.Join('/', Assert.Single(await account.SessionsAsync()).Description.Split('/')[..2]));
    }

    [NeedsToolFact("bash")]
    public async Task The_commands_about_packets_say_what_they_are_shown_for()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = (await account.LaunchAsync()).NetworkInterfaces[0];
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        account.Cloud.Packets.Send(
            new PacketRequest { From = instance.NetworkInterfaceId, To = "198.51.100.7", DestinationPort = 443, Count = 3 });
        var folder = Directory.CreateTempSubdirectory("readme").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "capture.pcap"), account.Cloud.Packets.Capture(account.TargetId));
        var commands = ToolsPage.Split("## Do the packets come?")[1].Split("```sh\n")[1].Split("```")[0]
            .Replace("dotnet run --project src/AutoMirror.Cli --", $"dotnet {Programs.CliFolder}/automirror.dll", StringComparison.Ordinal)
            .Replace("eni-0123456789abcdef0", instance.NetworkInterfaceId, StringComparison.Ordinal)
            .Replace("10.0.0.5", instance.PrivateIpAddress, StringComparison.Ordinal)
            .Replace("--for 60", "--for 1 --listen 127.0.0.1:0", StringComparison.Ordinal);

        var result = await Tool.RunAsync("bash", ["-euo", "pipefail", "-c", $"cd {folder}\n{commands}"], account.Environment);

        Assert.True(result.ExitCode == 0 && File.Exists(Path.Combine(folder, "mirrored.pcapng")), result.Output + result.Error);
        Directory.Delete(folder, recursive: true);
        string[] words =
        [
            $"Silent: {instance.NetworkInterfaceId}", "VNI  PACKETS", "proven: copies of", "outbound rule 100 accepts it",
        ];
        Assert.All(words, word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
    }

    private static string WithoutWhatChanges(string line) =>
        Time().Replace(Number().Replace(Id().Replace(line.TrimEnd(), "id"), "VNI n"), "");

    [GeneratedRegex("[a-z]+-[0-9a-f]{17}")]
    private static partial Regex Id();

    [GeneratedRegex("VNI [0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"^ *[0-9.]+ s")]
    private static partial Regex Time();
}

using System.Text.Json;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Recordings;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>emulator --load</c> and <c>--save</c>: an account that was recorded, begun with and written again.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly DirectoryInfo _first = Directory.CreateTempSubdirectory();
    private readonly DirectoryInfo _second = Directory.CreateTempSubdirectory();

    public void Dispose()
    {
        _first.Delete(recursive: true);
        _second.Delete(recursive: true);
    }

    [Fact]
    public async Task An_emulated_account_that_was_recorded_loaded_and_recorded_again_is_the_same_to_the_letter()
    {
        await using (var account = await FurnishedAsync())
            await account.JsonAsync("record", _first.FullName);

        await LoadAndRecordAsync();

        AssertSame();
    }

    [Fact]
    public async Task A_saved_account_is_begun_with_again_by_the_command()
    {
        await using (var account = await FurnishedAsync())
            await account.JsonAsync("record", _first.FullName);

        using var emulator = RunningCli.Start(
            "emulator", "--port", "0", "--load", _first.FullName, "--save", _second.FullName, "--json");
        var document = await RunningCli.DocumentAsync(emulator.Output);
        Assert.Equal(
            ("us-east-1", "123456789012"),
            (document.GetProperty("region").GetString(), document.GetProperty("account").GetString()));
        await emulator.InterruptAsync();
        Assert.Equal(0, await emulator.EndAsync());

        AssertSame();
    }

    [Fact]
    public async Task What_is_made_after_a_load_has_ids_and_addresses_of_its_own()
    {
        await using (var account = await FurnishedAsync())
            await account.JsonAsync("record", _first.FullName);
        var cloud = Load();
        var before = cloud.Ec2.NetworkInterfaces.Describe(Query.All).Items;

        var made = Enumerable.Range(0, 20).Select(_ => cloud.Ec2.RunInstances(new LaunchRequest())[0])
            .Select(instance => cloud.Ec2.Instances.InterfacesOf(instance.Id)[0]).ToList();

        Assert.Empty(made.Select(each => each.Id).Intersect(before.Select(each => each.Id)));
        Assert.Empty(made.Select(each => each.PublicIp).OfType<string>().Intersect(before.Select(each => each.PublicIp).OfType<string>()));
        Assert.Empty(made.Select(each => (each.SubnetId, each.PrivateIpAddress)).Intersect(
            before.Select(each => (each.SubnetId, each.PrivateIpAddress))));
    }

    [NeedsToolFact("aws", "bash")]
    public async Task A_dump_of_the_aws_CLI_alone_is_loaded_too_and_plans_and_is_diagnosed_the_same()
    {
        JsonElement plan, findings;
        await using (var account = await FurnishedAsync(hasManaged: false))
        {
            var script = File.ReadAllText(Repository.PathOf("src", "AutoMirror.Cli", "README.md")).Split("```bash")[1].Split("```")[0];
            var made = await Tool.RunAsync(
                "bash", ["-euo", "pipefail", "-c", $"cd {_first.FullName}\n{script}\nmv recorded/* ."], account.Environment);
            Assert.True(made.ExitCode == 0, made.Error);
            plan = await account.JsonAsync("plan");
            await account.JsonAsync("record", _second.FullName);
            findings = (await CliResult.JsonFromAsync(_second.FullName, 3, "doctor")).GetProperty("findings");
        }

        var found = (await CliResult.JsonFromAsync(_first.FullName, 3, "doctor")).GetProperty("findings");
        Assert.Equal(findings.GetRawText(), found.GetRawText());
        await using var server = await EmulatorServer.StartAsync(EmulatedAccount.AtOnce);
        AccountRecording.Open(_first.FullName).LoadInto(server.Cloud);
        var loaded = CliResult.Read(await Programs.CliAsync(["plan", "--json"], EnvironmentOf(server)), exitCode: 0);
        foreach (var field in (string[])["changes", "counts", "problems", "verdicts"])
            Assert.Equal(plan.GetProperty(field).GetRawText(), loaded.GetProperty(field).GetRawText());
    }

    [Theory]
    [InlineData("describe-instances.json", null, "aws ec2 describe-instances >")]
    [InlineData("describe-vpcs.json", "{\"Subnets\":[]}", "has no list Vpcs")]
    [InlineData("describe-subnets.json", "{\"Subnets\":[{\"SubnetId\":7,\"AvailabilityZone\":\"us-east-1a\"}]}", "SubnetId is not a text")]
    [InlineData("describe-traffic-mirror-sessions.json", "{", "can't be read")]
    public async Task What_is_wrong_in_a_recording_is_said_with_its_file(string file, string? content, string words)
    {
        await using (var account = await EmulatedAccount.StartAsync())
            await account.JsonAsync("record", _first.FullName);
        var path = Path.Combine(_first.FullName, file);
        File.Delete(path);
        if (content is not null)
            await File.WriteAllTextAsync(path, content);

        var result = await Programs.CliAsync(["emulator", "--port", "0", "--load", _first.FullName], CliResult.Nowhere);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(Path.GetFileNameWithoutExtension(file), result.Error, StringComparison.Ordinal);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private Cloud Load()
    {
        var cloud = new Cloud(EmulatedAccount.AtOnce);
        AccountRecording.Open(_first.FullName).LoadInto(cloud);
        return cloud;
    }

    private async Task LoadAndRecordAsync()
    {
        await using var server = await EmulatorServer.StartAsync(EmulatedAccount.AtOnce);
        AccountRecording.Open(_first.FullName).LoadInto(server.Cloud);
        var result = await Programs.CliAsync(["record", _second.FullName], EnvironmentOf(server));
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private void AssertSame()
    {
        var files = _first.GetFiles().Select(file => file.Name).Order().ToList();
        Assert.Equal(13, files.Count);
        Assert.Equal(files, _second.GetFiles().Select(file => file.Name).Order());
        foreach (var name in files)
            Assert.Equal(File.ReadAllText(Path.Combine(_first.FullName, name)), File.ReadAllText(Path.Combine(_second.FullName, name)));
    }

    private static Dictionary<string, string?> EnvironmentOf(EmulatorServer server) => new()
    {
        ["AWS_ENDPOINT_URL"] = server.Url.GetLeftPart(UriPartial.Authority), ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIATESTPERSON", ["AWS_SECRET_ACCESS_KEY"] = "secret",
    };

    /// <summary>An account with something of every kind that a recording holds.</summary>
    private static async Task<EmulatedAccount> FurnishedAsync(bool hasManaged = true)
    {
        var account = await EmulatedAccount.StartAsync(EmulatedAccount.AtOnce with { Seed = 7 });
        var ec2 = account.Cloud.Ec2;
        var vpc = ec2.Networks.CreateVpc("10.0.0.0/16", ipv6: true, new Dictionary<string, string> { ["Name"] = "b" });
        var subnet = ec2.Networks.CreateSubnet(
            vpc.Id, "10.0.1.0/24", "us-east-1b", vpc.Ipv6CidrBlock!.Replace("00::/56", "01::/64", StringComparison.Ordinal));
        var group = ec2.SecurityGroups.Create("sensor", "lets copies in", vpc.Id, new Dictionary<string, string> { ["team"] = "soc" });
        ec2.SecurityGroups.Authorize(
            group.Id, [new("udp", 4789, 4789, "10.0.0.0/16", Description: "copies"), new("-1", null, null, null, GroupId: group.Id)]);
        var acl = ec2.Networks.DescribeNetworkAcls(Query.All).Items.First(each => each.VpcId == vpc.Id);
        ec2.Networks.SetAclEntries(
            acl.Id,
            [
                new(90, "17", false, false, "10.0.0.0/8", (4789, 4789)), new(95, "1", true, true, "0.0.0.0/0", Icmp: (8, -1)),
                .. acl.Entries,
            ]);
        await account.LaunchAsync(interfaces: 2);
        await account.LaunchAsync("t2.micro");
        await account.LaunchAsync(tag: "ids");
        var stopped = await account.LaunchAsync();
        await account.Ec2.StopInstancesAsync(new([stopped.InstanceId]));
        var gone = await account.LaunchAsync();
        await account.Ec2.TerminateInstancesAsync(new([gone.InstanceId]));
        if (hasManaged)
            ec2.Managed.Launch("eks.amazonaws.com", new());
        ec2.RequesterManaged.Create(new() { SubnetId = subnet.Id, RequesterId = "amazon-rds", InstanceOwnerId = "amazon-rds" });
        var alone = ec2.NetworkInterfaces.Create(new() { SubnetId = subnet.Id, GroupIds = [group.Id], Ipv6AddressCount = 1 });
        await account.NewForeignSessionAsync((await account.LaunchAsync()).NetworkInterfaces[0].NetworkInterfaceId, 3);
        ec2.Filters.ModifyNetworkServices(account.FilterId, ["amazon-dns"], []);
        ec2.Filters.CreateRule(
            account.FilterId, "ingress", 50, "reject", "10.0.0.0/8", "0.0.0.0/0", 6, new(1, 1024), new(443, 443), "not the web");
        await account.PutAsync("targets/ids", $"{account.TargetId},{ec2.Targets.Create(networkInterfaceId: alone.Id).Id}");
        await account.PutAsync("policy", "{}");
        await account.CliAsync("sync");
        await account.LaunchAsync();
        return account;
    }
}

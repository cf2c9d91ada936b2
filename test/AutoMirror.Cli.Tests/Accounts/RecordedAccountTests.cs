using AutoMirror.Cli.Accounts;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli.Tests.Accounts;

/// <summary>An account in files, as the aws CLI prints its answers.</summary>
public sealed class RecordedAccountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recorded").FullName;

    [Fact]
    public async Task Sessions_and_interfaces_are_named_as_the_CLI_prints_them()
    {
        Write("describe-traffic-mirror-sessions", """
            {"TrafficMirrorSessions": [
                {"TrafficMirrorSessionId": "tms-1", "TrafficMirrorTargetId": "tmt-1", "TrafficMirrorFilterId": "tmf-1",
                    "NetworkInterfaceId": "eni-1", "OwnerId": "123456789012", "SessionNumber": 1, "VirtualNetworkId": 7, "Tags": []},
                {"TrafficMirrorSessionId": "tms-2", "TrafficMirrorTargetId": "tmt-2", "TrafficMirrorFilterId": "tmf-1",
                    "NetworkInterfaceId": "eni-2", "OwnerId": "123456789012", "SessionNumber": 1, "VirtualNetworkId": 8, "Tags": []},
                {"TrafficMirrorSessionId": "tms-3", "TrafficMirrorTargetId": "tmt-1", "TrafficMirrorFilterId": "tmf-1",
                    "NetworkInterfaceId": "eni-gone", "OwnerId": "123456789012", "SessionNumber": 1, "VirtualNetworkId": 9, "Tags": []}]}
            """);
        Write("describe-network-interfaces", """
            {"NetworkInterfaces": [
                {"NetworkInterfaceId": "eni-1", "InterfaceType": "interface", "Status": "in-use", "PrivateIpAddress": "10.0.0.5",
                    "TagSet": [{"Key": "Name", "Value": "web's own"}], "Attachment": {"InstanceId": "i-1", "Status": "attached"}},
                {"NetworkInterfaceId": "eni-2", "InterfaceType": "interface", "Status": "in-use", "PrivateIpAddress": "10.0.0.6",
                    "TagSet": [], "Attachment": {"InstanceId": "i-2", "AttachTime": "2026-03-04T05:06:07+00:00", "Status": "attached"}}]}
            """);
        Write("describe-instances", """
            {"Reservations": [{"Instances": [{"InstanceId": "i-2", "InstanceType": "m5.large", "LaunchTime": "2026-03-04T05:06:07+00:00",
                "State": {"Code": 16, "Name": "running"}, "Tags": [{"Key": "Name", "Value": "database"}]}]}]}
            """);

        using var account = Open();
        var all = (await MirrorSources.ReadAsync(account, [], default)).All;
        var some = (await MirrorSources.ReadAsync(account, ["tmt-2"], default)).All;

        Assert.Equal(
            [(7, "10.0.0.5", "i-1", "web's own"), (8, "10.0.0.6", "i-2", "database"), (9, null, null, null)],
            all.Select(each => (each.VirtualNetworkId, each.Address?.ToString(), each.InstanceId, each.Name)));
        Assert.Equal([8], some.Select(each => each.VirtualNetworkId));
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named_with_the_command_that_makes_it()
    {
        Write("describe-vpcs", """{"Vpcs": []}""");
        using var account = Open();

        var problem = await Assert.ThrowsAsync<CommandException>(() => account.SessionsAsync(default));

        Assert.Contains("aws ec2 describe-traffic-mirror-sessions > ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("not JSON")]
    [InlineData("""{"Vpcs": 3}""")]
    public async Task What_is_no_answer_of_the_CLI_is_refused_in_words(string text)
    {
        Write("describe-vpcs", text);
        using var account = Open();

        var problem = await Assert.ThrowsAsync<CommandException>(() => account.VpcsAsync(["vpc-1"], default));

        Assert.Contains("describe-vpcs.json in ", problem.Message, StringComparison.Ordinal);
    }

    private AccountReads Open() => new(RecordedAccount.Open(_folder, new()));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string command, string json) => File.WriteAllText(Path.Combine(_folder, command + ".json"), json);
}

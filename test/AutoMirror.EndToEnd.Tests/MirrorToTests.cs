using System.Text.Json;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>The whole way of a packet: sent through the emulator, mirrored as a real datagram, counted by the probe.</summary>
public sealed class MirrorToTests : IDisposable
{
    private const int Vni = 5_000_000;

    private readonly HttpClient _http = new();

    [Fact]
    public async Task What_the_emulator_mirrors_is_what_the_probe_counts()
    {
        using var probe = RunningCli.Start("probe", "--listen", "127.0.0.1:0", "--json");
        var listens = await RunningCli.LineAsync(probe.Error, "Listening on ");
        var address = listens.Split(' ')[2].TrimEnd('.');
        using var emulator = RunningCli.Start("emulator", "--port", "0", "--mirror-to", address);
        var url = new Uri((await RunningCli.LineAsync(emulator.Output, "The emulated AWS listens on ")).Split(' ')[5].TrimEnd(','));
        Assert.Equal(
            $"Mirrored packets of all targets go to {address} as VXLAN.",
            await RunningCli.LineAsync(emulator.Output, "Mirrored packets"));
        var (source, target) = await MirrorAsync(url);

        await SendAsync(url, $$"""
            [
              { "from": "{{source}}", "to": "198.51.100.7", "destinationPort": 443, "payloadBytes": 100, "count": 30 },
              { "from": "198.51.100.7", "to": "{{source}}", "sourcePort": 443, "destinationPort": 49152, "payloadBytes": 1400, "count": 25 },
              { "from": "{{source}}", "to": "198.51.100.8", "protocol": "udp", "destinationPort": 514, "count": 10 },
              { "from": "{{source}}", "to": "198.51.100.9", "protocol": "udp", "destinationPort": 9, "payloadBytes": 8973, "count": 2 },
              { "from": "198.51.100.9", "to": "{{source}}", "protocol": "udp", "destinationPort": 22, "count": 5 }
            ]
            """);

        var ledger = (await JsonAsync(url, "/_automirror/packets")).GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("fate").GetString() == "mirrored").ToList();
        var (packets, bytes, truncated) = (Sum(ledger, "packets"), Sum(ledger, "bytes"), Sum(ledger, "truncated"));
        Assert.Equal((67, 2), (packets, truncated));
        await probe.InterruptAsync();

        // Real datagrams come from this machine, so that nobody can tell which end of a flow is mirrored.
        var counted = JsonDocument.Parse(await probe.Output.ReadToEndAsync()).RootElement;
        AssertCounts(counted, packets, bytes, truncated, """{"outbound":0,"inbound":0,"unknown":2}""");

        var capture = Path.GetTempFileName();
        await File.WriteAllBytesAsync(capture, await _http.GetByteArrayAsync(new Uri(url, $"/_automirror/targets/{target}/capture.pcap")));
        var read = await Programs.CliAsync(["probe", "--read", capture, "--json"]);
        File.Delete(capture);
        AssertCounts(
            JsonDocument.Parse(read.Output).RootElement, packets, bytes, truncated, """{"outbound":2,"inbound":0,"unknown":0}""");
        await emulator.InterruptAsync();
        Assert.Equal((0, 0), (await probe.EndAsync(), await emulator.EndAsync()));
    }

    public void Dispose() => _http.Dispose();

    private static void AssertCounts(JsonElement json, long packets, long bytes, long truncated, string oneWay)
    {
        var network = Assert.Single(json.GetProperty("vnis").EnumerateArray());
        Assert.Equal(
            (Vni, packets, bytes, truncated),
            (Number(network, "vni"), Number(network, "packets"), Number(network, "bytes"), Number(network, "truncated")));
        Assert.Equal((3, oneWay), (Number(network, "flows"), network.GetProperty("oneWayFlows").GetRawText()));
        Assert.Equal(0, json.GetProperty("unreadable").GetProperty("packets").GetInt64());
    }

    private static long Sum(IEnumerable<JsonElement> entries, string name) => entries.Sum(entry => Number(entry, name));

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    /// <summary>Two instances, of which one mirrors all its traffic to the other.</summary>
    private static async Task<(string Source, string Target)> MirrorAsync(Uri url)
    {
        using var ec2 = new AmazonEC2Client(
            new BasicAWSCredentials("key", "secret"),
            new AmazonEC2Config { ServiceURL = url.ToString(), AuthenticationRegion = "us-east-1" });
        var launch = await ec2.RunInstancesAsync(
            new RunInstancesRequest { ImageId = "ami-1", InstanceType = "m5.large", MinCount = 2, MaxCount = 2 });
        var ids = launch.Reservation.Instances.Select(instance => instance.NetworkInterfaces[0].NetworkInterfaceId).ToList();
        while ((await ec2.DescribeInstancesAsync()).Reservations[0].Instances.Exists(each => each.State.Name != InstanceStateName.Running))
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        var filter = (await ec2.CreateTrafficMirrorFilterAsync(new())).TrafficMirrorFilter.TrafficMirrorFilterId;
        foreach (var direction in (TrafficDirection[])[TrafficDirection.Ingress, TrafficDirection.Egress])
        {
            await ec2.CreateTrafficMirrorFilterRuleAsync(new CreateTrafficMirrorFilterRuleRequest
            {
                TrafficMirrorFilterId = filter, TrafficDirection = direction, RuleNumber = 1, RuleAction = TrafficMirrorRuleAction.Accept,
                SourceCidrBlock = "0.0.0.0/0", DestinationCidrBlock = "0.0.0.0/0",
            });
        }

        var target = (await ec2.CreateTrafficMirrorTargetAsync(new() { NetworkInterfaceId = ids[1] })).TrafficMirrorTarget;
        await ec2.CreateTrafficMirrorSessionAsync(new()
        {
            NetworkInterfaceId = ids[0], TrafficMirrorTargetId = target.TrafficMirrorTargetId, TrafficMirrorFilterId = filter,
            SessionNumber = 1, VirtualNetworkId = Vni,
        });
        return (ids[0], target.TrafficMirrorTargetId);
    }

    private async Task SendAsync(Uri url, string packets)
    {
        using var body = new StringContent(packets);
        using var reply = await _http.PostAsync(new Uri(url, "/_automirror/packets"), body);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> JsonAsync(Uri url, string path) =>
        JsonDocument.Parse(await _http.GetStringAsync(new Uri(url, path))).RootElement;
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>The data plane over HTTP, as scripts and people use it.</summary>
public sealed class PacketPagesTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new();
    private readonly Socket _sensor = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private EmulatorServer _server = null!;
    private string _web = "";
    private string _session = "";
    private string _target = "";

    public async Task InitializeAsync()
    {
        _sensor.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _sensor.ReceiveTimeout = 10_000;
        _server = await EmulatorServer.StartAsync(new EmulatorOptions
        {
            PendingFor = TimeSpan.Zero, MirrorTo = [new(null, (IPEndPoint)_sensor.LocalEndPoint!)],
        });
        _client.BaseAddress = _server.Url;
        var ec2 = _server.Cloud.Ec2;
        var group = ec2.SecurityGroups.Create("all", "in and out");
        ec2.SecurityGroups.Authorize(group.Id, [new("-1", null, null, "0.0.0.0/0")]);
        var instances = ec2.RunInstances(new() { Count = 2, GroupIds = [group.Id] });
        _server.Cloud.Advance();
        _web = ec2.Instances.InterfacesOf(instances[0].Id)[0].Id;
        _target = ec2.Targets.Create(networkInterfaceId: ec2.Instances.InterfacesOf(instances[1].Id)[0].Id).Id;
        var filter = ec2.Filters.Create();
        ec2.Filters.CreateRule(filter.Id, "egress", 1, "accept", "0.0.0.0/0", "0.0.0.0/0", protocol: 6);
        _session = ec2.Sessions.Create(new()
        {
            NetworkInterfaceId = _web, TargetId = _target, FilterId = filter.Id, SessionNumber = 1, VirtualNetworkId = 7,
        }).Id;
    }

    [Fact]
    public async Task One_packet_is_an_object_and_is_answered_with_its_fate()
    {
        var start = $$"""{"from":"{{_web}}","to":"10.0.0.9","protocol":"tcp","sourcePort":40000,"destinationPort":443""";
        var (status, json) = await PostAsync($$"""{{start}},"payloadBytes":100,"count":3}""");

        Assert.Equal(HttpStatusCode.OK, status);
        var fate = Assert.Single(json.GetProperty("fates").EnumerateArray());
        Assert.Equal((_web, "egress"), (Text(fate, "networkInterfaceId"), Text(fate, "direction")));
        Assert.Equal((3, "mirrored"), (Number(fate, "count"), Text(fate, "fate")));
        Assert.Equal((_session, _target, 7), (Text(fate, "sessionId"), Text(fate, "targetId"), Number(fate, "virtualNetworkId")));
        Assert.Equal((462, 0), (Number(fate, "bytes"), Number(fate, "truncated")));
        for (var i = 0; i < 3; i++)
            Assert.Equal("0800000000000700", Convert.ToHexString(Receive().AsSpan(0, 8)));
    }

    [Fact]
    public async Task Several_packets_are_a_list_and_those_with_the_same_fate_are_one_entry()
    {
        var packet = $$"""{"from":"{{_web}}","to":"10.0.0.9","destinationPort":443}""";
        var other = $$"""{"from":"{{_web}}","to":"10.0.0.9","protocol":17,"destinationPort":53,"count":4}""";

        var (_, json) = await PostAsync($"[{packet},{other},{packet}]");

        Assert.Equal(
            [("mirrored", 2), ("not-accepted", 4)],
            json.GetProperty("fates").EnumerateArray().Select(fate => (Text(fate, "fate"), Number(fate, "count"))));
    }

    [Fact]
    public async Task A_pcap_file_is_sent_packet_by_packet_and_comes_back_with_outer_headers()
    {
        var web = _server.Cloud.Ec2.NetworkInterfaces.Table.Find(_web)!;
        var (from, to) = (IPAddress.Parse(web.PrivateIpAddress!), IPAddress.Parse("10.0.0.9"));
        var frame = EthernetFrame.Of(
            PacketBuilder.Ip(from, to, 6, PacketBuilder.Tcp(from, to, 1, 443, "hello"u8)), web.MacAddress, "02:00:00:00:00:09");
        var file = PcapFile.Write([(DateTimeOffset.UnixEpoch, frame.Bytes), (DateTimeOffset.UnixEpoch, frame.Bytes)]);

        var reply = await _client.PostAsync(new Uri("/_automirror/packets", UriKind.Relative), new ByteArrayContent(file));
        var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(("mirrored", 2), (Text(json.GetProperty("fates")[0], "fate"), Number(json.GetProperty("fates")[0], "count")));
        var capture = await _client.GetByteArrayAsync(new Uri($"/_automirror/targets/{_target}/capture.pcap", UriKind.Relative));
        var (_, packets) = PcapFile.Read(capture);
        Assert.Equal(2, packets.Count);
        Assert.Equal(frame.Bytes.ToArray(), packets[0][50..].ToArray());
        Assert.Equal(frame.Bytes.ToArray(), Receive()[8..]);
    }

    [Fact]
    public async Task The_ledger_is_there_for_scripts_and_on_the_page_for_people()
    {
        await PostAsync($$"""{"from":"{{_web}}","to":"10.0.0.9","destinationPort":443,"count":2}""");

        var ledger = JsonDocument.Parse(await GetAsync("packets")).RootElement;
        var entry = Assert.Single(ledger.GetProperty("entries").EnumerateArray());
        Assert.Equal((2, 108, "mirrored"), (Number(entry, "packets"), Number(entry, "bytes"), Text(entry, "fate")));
        Assert.Equal($"/_automirror/targets/{_target}/capture.pcap", ledger.GetProperty("targets")[0].GetString());
        using var live = new StreamReader(await _client.GetStreamAsync(new Uri("/_automirror/live", UriKind.Relative)));
        var seen = JsonDocument.Parse((await live.ReadLineAsync())!["data: ".Length..]).RootElement.GetProperty("packets")[0];
        Assert.Equal((2, "mirrored"), (Number(seen, "packets"), Text(seen, "fate")));
    }

    [Fact]
    public async Task Limits_MTUs_and_the_health_of_members_are_set_here_since_no_API_of_AWS_does()
    {
        var instance = _server.Cloud.Ec2.NetworkInterfaces.Table.Find(_web)!.Attachment!.InstanceId;
        var limits = $$$"""{"instanceBitsPerSecond":{"{{{instance}}}":0}}""";
        Assert.Equal(HttpStatusCode.OK, await PutAsync("packets/limits", limits));
        Assert.Equal(HttpStatusCode.OK, await PutAsync($"network-interfaces/{_web}", """{"mtu":1500}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync($"network-interfaces/{_web}", """{"mtu":15}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync("packets/limits", """{"instances":{}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync("target-health", """{"targetGroupArn":"x","targetId":"i-1"}"""));

        var start = $$"""{"from":"{{_web}}","to":"10.0.0.9","destinationPort":443""";
        var (_, json) = await PostAsync($$"""[{{start}}},{{start}},"payloadBytes":1461}]""");

        Assert.Equal(["skipped", "too-long"], json.GetProperty("fates").EnumerateArray().Select(fate => Text(fate, "fate")));
    }

    [Theory]
    [InlineData("", "neither a pcap file nor JSON")]
    [InlineData("<packets/>", "neither a pcap file nor JSON")]
    [InlineData("7", "packets are one JSON object or a list of them")]
    [InlineData("[7]", "packets are one JSON object or a list of them")]
    [InlineData("""{"to":"10.0.0.9"}""", "a packet needs 'from'")]
    [InlineData("""{"from":"10.0.0.9"}""", "a packet needs 'to'")]
    [InlineData("""{"from":"10.0.0.9","to":"10.0.0.8","form":1}""", "'form' is no field of a packet")]
    [InlineData("""{"from":7,"to":"10.0.0.8"}""", "'from' is a text")]
    [InlineData("""{"from":"10.0.0.9","to":"10.0.0.8","count":"3"}""", "'count' is a whole number")]
    [InlineData("""{"from":"10.0.0.9","to":"10.0.0.8","count":2.5}""", "'count' is a whole number")]
    [InlineData("""{"from":"10.0.0.9","to":"10.0.0.8","moreFragments":1}""", "'moreFragments' is true or false")]
    [InlineData("""{"from":"10.0.0.9","to":"10.0.0.8","payload":"!"}""", "'payload' is base64")]
    [InlineData("""{"from":"10.0.0.9","to":"10.0.0.8","destinationPort":1}""", "neither 10.0.0.9 nor 10.0.0.8 belongs to an interface")]
    public async Task What_cannot_be_sent_is_refused_in_words_and_nothing_is_sent(string body, string words)
    {
        var (status, json) = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, Text(json, "error"), StringComparison.Ordinal);
        Assert.Empty(_server.Cloud.Packets.Ledger.Entries);
    }

    [Fact]
    public async Task Bodies_that_are_broken_in_any_way_are_answered()
    {
        var right = Encoding.UTF8.GetBytes($$"""[{"from":"{{_web}}","to":"10.0.0.9","destinationPort":443,"payload":"AAAA"}]""");
        byte[] pcap = PcapFile.Write([(DateTimeOffset.UnixEpoch, new byte[60])]);
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var body = random.Of(right, pcap).ToArray();
            for (var i = random.Next(1, 5); i > 0; i--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            var reply = await _client.PostAsync(new Uri("/_automirror/packets", UriKind.Relative), new ByteArrayContent(body));

            Assert.True(reply.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"seed {seed}: {reply.StatusCode}");
            JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_target_with_an_outlet_of_its_own_sends_there_and_nowhere_else()
    {
        using var own = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        own.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        own.ReceiveTimeout = 10_000;
        using var outlets = new MirrorOutlets(
            _server.Cloud, [new(_target, (IPEndPoint)own.LocalEndPoint!), new(null, new(IPAddress.Loopback, 9))]);

        await PostAsync($$"""{"from":"{{_web}}","to":"10.0.0.9","destinationPort":443}""");

        Assert.Equal(62, own.Receive(new byte[100]));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _sensor.Dispose();
    }

    private byte[] Receive()
    {
        var buffer = new byte[10_000];
        return buffer[.._sensor.Receive(buffer)];
    }

    private async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string body)
    {
        using var reply = await _client.PostAsync(new Uri("/_automirror/packets", UriKind.Relative), new StringContent(body));
        return (reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<HttpStatusCode> PutAsync(string page, string body)
    {
        using var reply = await _client.PutAsync(new Uri($"/_automirror/{page}", UriKind.Relative), new StringContent(body));
        return reply.StatusCode;
    }

    private Task<string> GetAsync(string page) => _client.GetStringAsync(new Uri($"/_automirror/{page}", UriKind.Relative));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary><c>automirror probe</c> as a person at a sensor runs it.</summary>
public sealed class ProbeTests : IDisposable
{
    // A whole capture: two copies with VNI 7 of 54 bytes, one of them cut to 40, one with VNI 8, a datagram with wrong flags, and garbage.
    private static readonly byte[][] Datagrams = [Copy(7, 54), Copy(7, 40), Copy(8, 54), [0, .. Copy(7, 54)[1..]], [1, 2, 3]];

    // Without a Region there is nobody to ask who is behind a VNI.
    private static readonly Dictionary<string, string?> Alone = new() { ["AWS_REGION"] = null, ["AWS_DEFAULT_REGION"] = null };

    private readonly string _folder = Directory.CreateTempSubdirectory("probe").FullName;

    [Fact]
    public async Task A_capture_is_counted_by_VNI()
    {
        var result = await Programs.CliAsync(["probe", "--read", Capture(), "--json"], Alone);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        AssertCounts(JsonDocument.Parse(result.Output).RootElement);
    }

    [Fact]
    public async Task A_capture_for_a_person_is_a_table_and_sentences()
    {
        var result = await Programs.CliAsync(["probe", "--read", Capture()], Alone);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("VNI  PACKETS  BYTES  TRUNCATED", result.Output, StringComparison.Ordinal);
        Assert.Contains("Not read: 1 datagrams with other VXLAN flags than 0x08", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capture_that_ends_too_early_is_counted_as_far_as_it_goes()
    {
        var capture = Capture();
        await File.WriteAllBytesAsync(capture, (await File.ReadAllBytesAsync(capture))[..^1]);

        var result = await Programs.CliAsync(["probe", "--read", capture, "--json"]);

        Assert.Equal(0, result.ExitCode);
        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(4, json.GetProperty("packets").GetInt32());
        Assert.StartsWith("it ends within a packet", json.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_capture_is_refused_in_words()
    {
        var file = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(file, "what I saw");

        var result = await Programs.CliAsync(["probe", "--read", file]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("notes.txt can't be read: it is neither pcap nor pcapng", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_mirrored_is_kept_without_what_brought_it()
    {
        var kept = Path.Combine(_folder, "kept.pcap");

        var result = await Programs.CliAsync(["probe", "--read", Capture(), "--write", kept, "--json"]);

        Assert.Equal(0, result.ExitCode);
        var bytes = await File.ReadAllBytesAsync(kept);
        Assert.Equal(24 + (3 * 16) + 54 + 40 + 54, bytes.Length);
        Assert.Equal((40, 54), (BitConverter.ToInt32(bytes, 24 + 16 + 54 + 8), BitConverter.ToInt32(bytes, 24 + 16 + 54 + 12)));
    }

    [Theory]
    [InlineData("4")]
    [InlineData(null)]
    public async Task On_a_socket_it_counts_until_its_time_is_over_or_somebody_ends_it(string? seconds)
    {
        string[] limit = seconds is null ? [] : ["--for", seconds];
        using var probe = RunningCli.Start(["probe", "--listen", "127.0.0.1:0", "--json", .. limit]);
        var output = probe.Output.ReadToEndAsync();
        var line = await probe.Error.ReadLineAsync();
        Assert.StartsWith("Listening on 127.0.0.1:", line, StringComparison.Ordinal);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPEndPoint.Parse(line!.Split(' ')[2].TrimEnd('.')));

        for (var i = 0; i < 100; i++)
        {
            foreach (var datagram in Datagrams)
                socket.Send(datagram);
        }

        if (seconds is null)
            await probe.InterruptAsync();
        Assert.Equal(0, await probe.EndAsync());
        var json = JsonDocument.Parse(await output).RootElement;
        Assert.Equal((500, 0), (json.GetProperty("packets").GetInt32(), json.GetProperty("lost").GetInt32()));
        var counts = json.GetProperty("vnis").EnumerateArray().Select(each => (Number(each, "vni"), Number(each, "packets")));
        Assert.Equal([(7, 200), (8, 100)], counts);
        Assert.InRange(json.GetProperty("seconds").GetDouble(), seconds is null ? 0 : 4, 60);
    }

    [Theory]
    [InlineData("--read x.pcap --listen 4789", "--listen and --read exclude each other")]
    [InlineData("--read x.pcap --for 3", "--for goes with --listen")]
    [InlineData("--listen nowhere", "--listen takes ADDR:PORT")]
    [InlineData("--for 0", "--for takes a whole number of seconds")]
    [InlineData("--for soon", "--for takes a whole number of seconds")]
    [InlineData("--write /nonexistent/x.pcap", "/nonexistent/x.pcap can't be written")]
    public async Task Wrong_usage_is_2_and_said_in_words(string arguments, string words)
    {
        var result = await Programs.CliAsync(["probe", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_says_how_to_capture_instead()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var result = await Programs.CliAsync(["probe", "--listen", socket.LocalEndPoint!.ToString()!]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("| automirror probe --read -", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AssertCounts(JsonElement json)
    {
        Assert.Equal(5, json.GetProperty("packets").GetInt32());
        var networks = json.GetProperty("vnis").EnumerateArray().ToList();
        Assert.Equal(
            [(7, 2, 94, 1), (8, 1, 54, 0)],
            networks.Select(each => (Number(each, "vni"), Number(each, "packets"), Number(each, "bytes"), Number(each, "truncated"))));
        Assert.All(networks, each => Assert.Equal(JsonValueKind.Null, each.GetProperty("networkInterfaceId").ValueKind));
        Assert.Equal("""{"packets":2,"reasons":{"short-vxlan":1,"vxlan-flags":1}}""", json.GetProperty("unreadable").GetRawText());
        Assert.Equal("10.0.0.5", json.GetProperty("vnis")[0].GetProperty("sources")[0].GetProperty("address").GetString());
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    /// <summary>VXLAN with an Ethernet frame of a TCP packet without payload, 54 bytes, as many of them as were mirrored.</summary>
    private static byte[] Copy(byte virtualNetworkId, int length)
    {
        byte[] packet = [0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 5, 10, 0, 0, 6, 1, 187, 156, 64, .. new byte[16]];
        byte[] frame = [.. new byte[12], 8, 0, .. packet];
        return [8, 0, 0, 0, 0, 0, virtualNetworkId, 0, .. frame[..length]];
    }

    /// <summary>A pcap file of bare IP packets that carry the datagrams.</summary>
    private string Capture()
    {
        var path = Path.Combine(_folder, "sensor.pcap");
        using var stream = File.Create(path);
        stream.Write([0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, .. new byte[8], 0, 0, 4, 0, 101, 0, 0, 0]);
        foreach (var datagram in Datagrams)
        {
            byte[] ip = [0x45, 0, 0, (byte)(28 + datagram.Length), 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 5, 10, 0, 9, 9];
            byte[] packet = [.. ip, 195, 80, 0x12, 0xB5, 0, (byte)(8 + datagram.Length), 0, 0, .. datagram];
            var header = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), packet.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), packet.Length);
            stream.Write(header);
            stream.Write(packet);
        }

        return path;
    }
}

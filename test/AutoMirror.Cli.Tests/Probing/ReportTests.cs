using System.Net;
using System.Text;
using System.Text.Json;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;

namespace AutoMirror.Cli.Tests.Probing;

public class ReportTests
{
    private static readonly MirrorSources Sources = new([
        new(7, IPAddress.Parse("10.0.0.5"), "eni-5", "i-5", "web"), new(8, IPAddress.Parse("10.0.0.8"), "eni-8", null, null)]);

    [Fact]
    public void Without_names_it_says_what_came()
    {
        Assert.Equal(
            """
                  VNI  PACKETS  BYTES  TRUNCATED  FLOWS  ONE-WAY  FROM       INTERFACE
                    7        3    350          1      1        1  10.0.0.5   -
              1234567        1     54          0      1        1  10.0.0.66  -
            VNI 7: of 1 flows only what the interface sent came. Are there inbound rules in the filter, and answers?
            VNI 1234567: of 1 flows only one direction came.
            Not read: 2 datagrams with other VXLAN flags than 0x08: not EC2's mirroring.

            """,
            Text(Report(null)));
    }

    [Fact]
    public void With_names_it_says_who_sends_who_is_silent_and_what_nobody_knows()
    {
        Assert.Equal(
            """
                  VNI  PACKETS  BYTES  TRUNCATED  FLOWS  ONE-WAY  FROM       INTERFACE
                    7        3    350          1      1        1  10.0.0.5   eni-5 i-5 web
              1234567        1     54          0      1        1  10.0.0.66  -
            VNI 7: of 1 flows only what the interface sent came. Are there inbound rules in the filter, and answers?
            VNI 1234567: of 1 flows only one direction came.
            VNI 1234567: no session that sends here has it.
            Silent: eni-8 (VNI 8) is mirrored to here, and sent nothing.
            Not read: 2 datagrams with other VXLAN flags than 0x08: not EC2's mirroring.

            """,
            Text(Report(Sources)));
    }

    [Fact]
    public void Nothing_at_all_is_said_in_words() =>
        Assert.Equal("No mirrored packet arrived.\n", Text(ProbeReport.Of("x", new Tally(), null)));

    [Fact]
    public void What_got_lost_and_where_a_capture_ends_is_said()
    {
        var report = ProbeReport.Of("x", new Tally(), null) with { Lost = 1200, Problem = "it ends within a packet, at byte 40" };

        var text = Text(report);

        Assert.Contains("Lost: 1,200 datagrams came faster than they were read.", text, StringComparison.Ordinal);
        Assert.Contains("The capture could not be read to its end: it ends within a packet, at byte 40.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void For_machines_it_is_one_object_on_one_line()
    {
        var json = Json(Report(Sources));

        var (first, second) = (json.GetProperty("vnis")[0], json.GetProperty("vnis")[1]);
        Assert.Equal("x", Text(json, "from"));
        Assert.Equal((7, 3, 350, 1), (Number(first, "vni"), Number(first, "packets"), Number(first, "bytes"), Number(first, "truncated")));
        Assert.Equal(("eni-5", "i-5", "web"), (Text(first, "networkInterfaceId"), Text(first, "instanceId"), Text(first, "name")));
        Assert.Equal("10.0.0.66", Text(second.GetProperty("sources")[0], "address"));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("networkInterfaceId").ValueKind);
        Assert.Equal("""{"packets":2,"reasons":{"vxlan-flags":2}}""", json.GetProperty("unreadable").GetRawText());
        Assert.Equal("[1234567]", json.GetProperty("unknownVnis").GetRawText());
        Assert.Equal("""[{"vni":8,"networkInterfaceId":"eni-8","instanceId":null,"name":null}]""", json.GetProperty("silent").GetRawText());
        Assert.Equal("2026-09-21T14:13:20.0000000Z", Text(first, "firstAt"));
    }

    [Fact]
    public void Where_nobody_knows_the_sessions_nothing_is_silent_and_nothing_unknown()
    {
        var json = Json(Report(null));

        Assert.Equal(JsonValueKind.Null, json.GetProperty("silent").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("unknownVnis").ValueKind);
    }

    [Fact]
    public void A_VNI_that_two_sources_share_is_one_entry_with_both()
    {
        var tally = new Tally();
        Take(tally, Traffic.Mirrored(7, Traffic.Web(), from: "10.0.0.6"), Traffic.Mirrored(7, Traffic.Web(), from: "10.0.0.5"));

        var only = Assert.Single(Json(ProbeReport.Of("x", tally, Sources)).GetProperty("vnis").EnumerateArray());

        Assert.Equal((2, 308), (only.GetProperty("packets").GetInt32(), only.GetProperty("bytes").GetInt32()));
        Assert.Equal(["eni-5", null], only.GetProperty("sources").EnumerateArray().Select(each => Text(each, "networkInterfaceId")));
        Assert.Equal(JsonValueKind.Null, only.GetProperty("networkInterfaceId").ValueKind);
    }

    private static ProbeReport Report(MirrorSources? sources)
    {
        var tally = new Tally();
        var segment = Traffic.UdpSegment(1, 4789, Traffic.Vxlan(7, Traffic.Web(), flags: 0));
        var wrong = Traffic.Ethernet(Traffic.Packet4("10.0.0.5", "10.0.9.9", 17, segment));
        Take(
            tally,
            Traffic.Mirrored(7, Traffic.Web()),
            Traffic.Mirrored(7, Traffic.Web()),
            Traffic.Mirrored(7, Traffic.Web()[..42]),
            Traffic.Mirrored(1234567, Traffic.Web(payload: 0), from: "10.0.0.66"),
            wrong,
            wrong);
        return ProbeReport.Of("x", tally, sources);
    }

    private static void Take(Tally tally, params byte[][] frames)
    {
        var intake = new Intake(tally);
        foreach (var frame in frames)
            intake.Take(new CapturedPacket(frame, frame.Length, LinkType.Ethernet, 1_790_000_000L * 1_000_000_000));
    }

    private static string Text(ProbeReport report)
    {
        var output = new StringWriter { NewLine = "\n" };
        ProbeText.Write(report, new Page(output, width: null, hasColours: false));
        return output.ToString();
    }

    private static JsonElement Json(ProbeReport report)
    {
        var output = new MemoryStream();
        ProbeJson.Write(report, output);
        var line = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        return JsonDocument.Parse(line).RootElement;
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Amazon.EC2.Model;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Ports;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>Whoever may tag an instance may write anything into its tags: from the
/// event and EC2's answer to the log and the answer.</summary>
public sealed class OwnerTagFuzzTests
{
    private const string Placeholder = "the-value-goes-here";
    private const int LongestKey = 128, LongestValue = 255;

    private static readonly string[] Yes = ["true", "yes", "on", "1", ""], No = ["false", "no", "off", "0"], Sensors = ["default", "other"];

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\t", "\u0001", "\u001b[31m", "\u001b]0;x\u0007", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e", "\ufeff",
        "\ud800", "\udc00", "\udfff\ud800", "😀", "é", "e\u0301", "值", "\\", "\"", "'", "{", "}",
        "\"}\n{\"level\":\"INFO\",\"message\":\"", "</value></item>", "<!--", "]]>", "&amp;", "&#1;", "%00", "%0A", "${jndi:ldap://x}",
        "{0}", "{Message}", "../", "*", "?", "true", "TRUE ", " yes", "ye\u017f", "o\ufb00", "１", "false", "default",
        "Default", "OTHER", "automirror:managed-by", "kubernetes.io/cluster/", "aws:", "; converged", "eni-0123456789abcdef0",
        "/automirror/targets/x", "=HYPERLINK(\"x\")", "null", "undefined", "-1", "1e9", "\ufffd", "\uffff", " ", "a",
    ];

    [Fact]
    public void A_value_means_what_the_table_says_or_names_an_unknown_sensor()
    {
        WireWorld? world = null;
        var fresh = "";
        Seeds.Each(500_000, 450, (_, random) =>
        {
            if (world is null)
            {
                world = WireWorld.New();
                fresh = WireWorld.Done(PrepareAsync(world));
            }

            var (value, given) = (
                random.Next(20) == 0 ? InSomeCase(random.Of<string>([.. Yes, .. No, .. Sensors]), random) : Text(random, LongestValue),
                world);
            given.Tap.Exchange = (call, reply) =>
                call.Action == "DescribeInstances"
                    ? reply.With(reply.Text.Replace(Placeholder, InXml(value), StringComparison.Ordinal))
                    : reply;

            world = null;
            var run = given.Run(random.Of("{}", Event("Mirror", value, fresh), FunctionUnderTest.StateChange(fresh, "running")));
            CheckTold(run);
            var changed = run.Changes.Count == 0 ? [] : given.Changed();
            var touched = changed.Select(line => line.Split(' ')[1]).Distinct().ToList();
            if (Yes.Contains(value, StringComparer.OrdinalIgnoreCase) || No.Contains(value, StringComparer.OrdinalIgnoreCase)
                || Sensors.Contains(value, StringComparer.Ordinal))
            {
                Assert.IsType<InvocationOutcome.Answered>(run.Outcome);
                Assert.Equal(No.Contains(value, StringComparer.OrdinalIgnoreCase), !touched.Contains(given.InterfacesOf[fresh].Single()));
                return;
            }

            Assert.True(run.Changes.Count == 0, $"{InJson(value)}: {string.Join(", ", changed)}");
            if (run.Outcome is not InvocationOutcome.Failed { ErrorType: ErrorTypes.Unfinished } || IsXml(value))
                Assert.Equal("unknown-sensor", VerdictOn(run, given.InterfacesOf[fresh].Single()));
            world = given;
        });
    }

    [Fact]
    public void A_key_is_a_wish_only_where_it_is_the_key()
    {
        var world = WireWorld.New("""{"exclude":{"kubernetesNodes":true}}""");
        var fresh = WireWorld.Done(PrepareAsync(world, "odd"));
        Seeds.Each(600_000, 250, (_, random) =>
        {
            var key = random.Of(
                Text(random, LongestKey), "mirror", "MIRROR", "Mirror ", "Mirror\0", $"kubernetes.io/cluster/{Text(random, 100)}");
            world.Tap.Exchange = (call, reply) => call.Action == "DescribeInstances"
                ? reply.With(
                    reply.Text.Replace("<key>odd</key>", $"<key>{InXml(key)}</key>", StringComparison.Ordinal)
                        .Replace(Placeholder, "true", StringComparison.Ordinal))
                : reply;

            var run = world.Run(random.Of("{}", Event(key, "true", fresh), FunctionUnderTest.StateChange(fresh, "running")));

            CheckTold(run);
            Assert.True(run.Changes.Count == 0, InJson(key));
        });
    }

    /// <summary>An instance without a session whose tag is to be replaced; another with sessions gets the same tag.</summary>
    private static async Task<string> PrepareAsync(WireWorld world, string key = "Mirror")
    {
        var fresh = await world.Account.LaunchAsync(tag: null);
        world.InterfacesOf[fresh.InstanceId] = [fresh.NetworkInterfaces[0].NetworkInterfaceId];
        await world.Account.Ec2.CreateTagsAsync(
            new CreateTagsRequest([fresh.InstanceId, .. key == "Mirror" ? (string[])[world.InstanceId] : []], [new Tag(key, Placeholder)]));
        return fresh.InstanceId;
    }

    /// <summary>Each line of the log is one of ours, whatever was in the tag, and so is the answer.</summary>
    private static void CheckTold(WireRun run)
    {
        Assert.NotEmpty(run.Log);
        foreach (var line in run.Log)
        {
            var names = line.EnumerateObject().Select(field => field.Name).ToList();
            Assert.Equal(names.Count, names.Distinct().Count());
            if (line.TryGetProperty("_aws", out _))
                continue;
            Assert.Equal(["timestamp", "level", "message", "requestId"], names.Take(4));
            Assert.DoesNotContain(
                line.GetProperty("message").GetString()!,
                c =>
                    CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator);
        }

        if (run.Outcome is InvocationOutcome.Answered { Json: var json })
            JsonDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json.Span)).Dispose();
        if (run.Outcome is InvocationOutcome.Failed failed)
            Assert.NotEqual(ErrorTypes.Misconfigured, failed.ErrorType);
    }

    private static string? VerdictOn(WireRun run, string networkInterface) =>
        JsonDocument.Parse(Assert.IsType<InvocationOutcome.Answered>(run.Outcome).Json).RootElement.GetProperty("verdicts")
        .EnumerateArray().Single(verdict => verdict.TryGetProperty("networkInterfaceId", out var id) && id.GetString() == networkInterface)
            .GetProperty("verdict").GetString();

    private static string Text(Random random, int longest)
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 9); left > 0; left--)
            text.Append(random.Next(3) == 0 ? ((char)random.Next(0x10000)).ToString() : random.Of(Pieces));
        if (random.Next(10) == 0)
            text.Append(random.Of('x', '\u0300', '\ud83d', '值'), longest);
        return text.ToString()[..Math.Min(text.Length, longest)];
    }

    private static string InSomeCase(string text, Random random) => Sensors.Contains(text, StringComparer.Ordinal)
        ? text
        : string.Concat(text.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : c));

    private static string Event(string key, string value, string instance) => $$$"""
        {"version":"0","source":"aws.tag","detail-type":"Tag Change on Resource","account":"123456789012","time":"2026-03-04T05:06:07Z","region":"us-east-1",
         "resources":["arn:aws:ec2:us-east-1:123456789012:instance/{{{instance}}}"],
         "detail":{"changed-tag-keys":["{{{InJson(key)}}}"],"service":"ec2","resource-type":"instance","version":1,"tags":{"{{{InJson(key)}}}":"{{{InJson(value)}}}" } } }
        """;

    // Every character as its number: half of a pair as well, as it can stand in an event.
    private static string InJson(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));

    private static string InXml(string text) =>
        string.Concat(text.Select(c => c < ' ' || c is '<' or '&' or '>' ? $"&#{(int)c};" : $"{c}"));

    private static bool IsXml(string text)
    {
        try
        {
            // What goes over the wire in UTF-8 has no half pairs: each becomes U+FFFD.
            XmlConvert.VerifyXmlChars(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}

using System.Text.Json.Nodes;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using static AutoMirror.Core.Tests.Events.Samples;

namespace AutoMirror.Core.Tests.Events;

/// <summary>What each kind of event is taken for, and where it leads to under a policy.</summary>
public class EventKindTests
{
    private static readonly Policy EveryLevel =
        new()
        {
            TagLevels = new HashSet<TagLevel> { TagLevel.Interface, TagLevel.Instance, TagLevel.Subnet, TagLevel.Vpc },
            StandaloneInterfaces = true,
        };

    [Theory]
    [InlineData("api-attach-network-interface", "instances network interfaces")]
    [InlineData("api-create-network-interface", "network interfaces")]
    [InlineData("api-delete-session", "everything")]
    [InlineData("api-detach-network-interface", "everything")]
    [InlineData("api-modify-session", "sessions")]
    [InlineData("guardduty-finding", "nothing")]
    [InlineData("guardduty-attack-sequence", "nothing")]
    [InlineData("sns", "instances")]
    [InlineData("parameter-changed", "everything")]
    [InlineData("resync", "everything")]
    [InlineData("resync-empty", "everything")]
    [InlineData("resync-instances", "instances")]
    [InlineData("resync-vpcs", "vpcs")]
    [InlineData("schedule", "everything")]
    [InlineData("state-pending", "instances")]
    [InlineData("state-running", "instances")]
    [InlineData("state-stopped", "instances")]
    [InlineData("state-terminated", "instances")]
    [InlineData("state-stopping", "nothing")]
    [InlineData("state-shutting-down", "nothing")]
    [InlineData("tags-instance-opted-in", "instances")]
    [InlineData("tags-instance-tag-removed", "instances")]
    [InlineData("tags-network-interface", "network interfaces")]
    [InlineData("tags-subnet", "subnets")]
    public void Each_sample_leads_where_it_should(string sample, string where) =>
        Assert.Equal(where, Told(ScopeOf(Read(sample), EveryLevel)));

    [Fact]
    public void A_batch_holds_its_records_events_and_a_poison_record_stands_alone()
    {
        var batch = Assert.IsType<Payload.Batch>(EventParser.Parse("""
            {"Records":[
              {"messageId":"m-1","eventSource":"aws:sqs","body":"{\"action\":\"resync\"}"},
              {"messageId":"m-2","eventSource":"aws:sqs","body":"{not json"},
              {"messageId":"m-3","eventSource":"aws:sqs","body":"\ud800"},
              {"messageId":"m-4","eventSource":"aws:sqs"},
              {"messageId":"m-5","eventSource":"aws:sqs","body":"{\"Records\":[]}"}]}
            """u8.ToArray()));

        Assert.Equal(["m-1", "m-2", "m-3", "m-4", "m-5"], batch.Records.Select(record => record.MessageId));
        Assert.Equal(
            ["ManualRequest", "Malformed", "Malformed", "Malformed", "Ignored"], batch.Records.Select(record => NameOf(record.Reading)));
    }

    [Fact]
    public void Records_of_another_service_are_ignored() => Assert.IsType<MirrorEvent.Ignored>(Parse("""{"Records":[{"eventSource":"aws:s3","s3":{} }]}"""));

    [Theory]
    [InlineData("""{"messageId":7,"body":"{}"}""", "Records[0].messageId")]
    [InlineData("""{"body":"{}"}""", "Records[0].messageId")]
    public void A_record_that_cannot_be_named_fails_the_batch(string record, string field) =>
        Assert.Equal(field, MalformedIn($$"""{"Records":[{{record}}]}""").Field);

    [Fact]
    public void A_failed_call_is_no_change() =>
        Assert.IsType<MirrorEvent.Ignored>(Mutated("api-delete-session", "detail.errorCode", "\"Client.UnauthorizedOperation\""));

    [Theory]
    [InlineData("0.5", true)]
    [InlineData("10", true)]
    [InlineData("10.1", false)]
    [InlineData("-1", false)]
    public void A_severity_is_taken_or_refused_as_the_error_says(string severity, bool isTaken)
    {
        var finding = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "guardduty-finding.json")))!;
        finding["detail"]!["severity"] = JsonNode.Parse(severity);
        var reading = ReadingOf(finding.ToJsonString());

        if (isTaken)
            Assert.IsType<EventReading.Understood>(reading);
        else
            Assert.Equal("a number 0–10", Assert.IsType<EventReading.Malformed>(reading).Expected);
    }

    [Fact]
    public void A_continuation_comes_back_as_it_was_sent()
    {
        var left =
            new Scope.Part
            {
                Instances = [Id<Instance>.Parse("i-1"), Id<Instance>.Parse("i-2")],
                NetworkInterfaces = [Id<NetworkInterface>.Parse("eni-1")],
            };

        var part = Assert.IsType<MirrorEvent.Continuation>(Parse(ContinuationEvent.Write(left, 3)));
        var all = Assert.IsType<MirrorEvent.Continuation>(Parse(ContinuationEvent.Write(new Scope.Everything(), 0)));
        var many = Assert.IsType<MirrorEvent.Continuation>(Parse(ContinuationEvent.Write(
            new Scope.Part { Instances = [.. Enumerable.Range(0, 10_000).Select(number => Id<Instance>.Parse($"i-{number:x17}"))] }, 0)));

        Assert.Equal(3, part.IdleTurns);
        Assert.Equal(left.Instances, Assert.IsType<Scope.Part>(part.Where).Instances);
        Assert.Equal(left.NetworkInterfaces, Assert.IsType<Scope.Part>(part.Where).NetworkInterfaces);
        Assert.IsType<Scope.Everything>(all.Where);
        Assert.IsType<Scope.Everything>(many.Where);
    }

    /// <summary>Every field of every sample, each wrong in every way: an error that
    /// says which field, or an event; never an exception.</summary>
    [Fact]
    public void Whatever_stands_in_a_field_of_a_sample_nothing_breaks()
    {
        string[] values = [
            "null", "7", "true", "[]", "{}", "\"\"", "\"x\"", "\"\\ud800\"", $"\"{new string('y', 70_000)}\"", "-1", "1e400", "[null]",
            "[7]", "[\"arn:aws:ec2:x\"]"];
        foreach (var file in Directory.GetFiles(Folder, "*.json"))
        {
            var sample = Path.GetFileNameWithoutExtension(file);
            foreach (var path in Paths(JsonNode.Parse(File.ReadAllText(file))!, ""))
            {
                foreach (var value in values.Append("(missing)"))
                {
                    var parsed = MutatedPayload(sample, path, value);
                    foreach (
                        var reading in parsed is Payload.Batch batch
                            ? batch.Records.Select(record => record.Reading)
                            : ((Payload.Events)parsed).Readings)
                    {
                        if (reading is EventReading.Understood { Event: var understood })
                            Assert.NotNull(ScopeOf(understood, EveryLevel));
                        else
                            Assert.InRange($"{reading}".Length, 20, 600);
                    }
                }
            }
        }
    }

    private static string NameOf(EventReading reading) =>
        (reading is EventReading.Understood { Event: var understood } ? understood : (object)reading).GetType().Name;

    private static IEnumerable<string> Paths(JsonNode node, string path) => node is not JsonObject parent ? [] : parent.SelectMany(field =>
        (string[])[$"{path}{field.Key}", .. field.Value is JsonObject ? Paths(field.Value, $"{path}{field.Key}.") : []]);

    private static string Told(Scope scope) => scope switch
    {
        Scope.Everything => "everything",
        Scope.Nothing => "nothing",
        Scope.Later => "later",
        Scope.Part part => string.Join(' ', (string[])
        [
            .. part.Instances.IsEmpty ? (string[])[] : ["instances"],
            .. part.NetworkInterfaces.IsEmpty ? (string[])[] : ["network interfaces"],
            .. part.Subnets.IsEmpty ? (string[])[] : ["subnets"],
            .. part.Vpcs.IsEmpty ? (string[])[] : ["vpcs"],
            .. part.Sessions.IsEmpty ? (string[])[] : ["sessions"],
        ]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

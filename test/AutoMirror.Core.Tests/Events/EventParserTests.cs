using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Core.Events;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Testing;
using CsCheck;
using static AutoMirror.Core.Tests.Events.Samples;

namespace AutoMirror.Core.Tests.Events;

public class EventParserTests
{
    private static readonly string Folder = Repository.PathOf("infra", "events");

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string, string> Mutations()
    {
        var data = new TheoryData<string, string>();
        string[] values = [
            "(missing)", "null", "7", "true", "[]", "{}", "\"\"", "\"i-1\\n\"", "\"RUNNING\"", "\"eni-1\"", "1e400",
            $"\"{new string('x', 100_000)}\"", "\"\\ud800\"", "[\"i-1\", 5]", "[\"i-1\", null]", "[\"vpc-1\", \"\"]"];
        foreach (
            var field in (string[])[
                "source", "detail-type", "detail", "detail.instance-id", "detail.state", "action", "dryRun", "allowDeletes", "instanceIds",
                "vpcIds"])
        {
            foreach (var value in values)
                data.Add(field, value);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_event_is_what_its_name_says_or_ignored_with_a_reason(string name)
    {
        if (EventParser.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{name}.json"))) is Payload.Batch batch)
        {
            Assert.All(batch.Records, record => Assert.IsType<EventReading.Understood>(record.Reading));
            return;
        }

        var parsed = Read(name);
        if (name.StartsWith("state-", StringComparison.Ordinal))
        {
            var change = Assert.IsType<MirrorEvent.InstanceStateChange>(parsed);
            Assert.Equal(name["state-".Length..], Ec2Words.InstanceStates.WordFor(change.State));
            Assert.Equal("i-0c5f6a7e1d2b39481", change.InstanceId.Value);
        }

        if (name.StartsWith("resync", StringComparison.Ordinal))
        {
            var manual = Assert.IsType<MirrorEvent.ManualRequest>(parsed);
            Assert.Equal(name.EndsWith("dry-run", StringComparison.Ordinal), manual.DryRun);
            Assert.Equal(name.EndsWith("allow-deletes", StringComparison.Ordinal), manual.AllowDeletes);
            Assert.Equal(name.EndsWith("instances", StringComparison.Ordinal) ? 2 : 0, (manual.Where as Scope.Part)?.Instances.Count ?? 0);
            Assert.Equal(name.EndsWith("vpcs", StringComparison.Ordinal) ? 1 : 0, (manual.Where as Scope.Part)?.Vpcs.Count ?? 0);
        }

        if (parsed is MirrorEvent.Ignored ignored)
            Assert.NotEmpty(ignored.Reason);
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Field_that_is_wrong_is_named_and_nothing_follows_from_it(string field, string value)
    {
        var isManual = !field.Contains("detail", StringComparison.Ordinal) && field != "source";
        var text = isManual ? """{"action":"resync"}""" : """{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","detail":{"instance-id":"i-1","state":"running"}}""";
        var reading = ReadingOf(With(text, field, value));
        var parsed = (reading as EventReading.Understood)?.Event;
        var isRight = isManual && (value == "(missing)" || (value == "true" && field is "dryRun" or "allowDeletes"));
        isRight &= !(value == "true" && field is not ("dryRun" or "allowDeletes")) && !(value != "(missing)" && value != "true");
        if (isRight)
        {
            Assert.IsType<MirrorEvent.ManualRequest>(parsed);
            return;
        }

        // An envelope of another kind is somebody else's event.
        if (field is "source" or "detail-type" && parsed is MirrorEvent.Ignored)
            return;
        var malformed = Assert.IsType<EventReading.Malformed>(reading);
        Assert.True(malformed.ToString().Length < 500, malformed.ToString());
        if (!value.Contains("\\u", StringComparison.Ordinal) && field != "detail")
            Assert.Equal(field, malformed.Field);
    }

    [Theory]
    [InlineData("", "(all of it)")]
    [InlineData("nonsense", "(all of it)")]
    [InlineData("null", "(all of it)")]
    [InlineData("\"resync\"", "(all of it)")]
    [InlineData("{} {}", "(all of it)")]
    [InlineData("""{"dryRun":true,"dryRun":false}""", "(all of it)")]
    [InlineData("""{"dryrun":true}""", "dryrun")]
    [InlineData("""{"action":"Resync"}""", "action")]
    [InlineData("""{"action":"delete-all"}""", "action")]
    [InlineData("""{"instanceIds":[]}""", "instanceIds")]
    [InlineData("""{"instanceIds":["vpc-1"]}""", "instanceIds")]
    [InlineData("""{"vpcIds":"vpc-1"}""", "vpcIds")]
    [InlineData("""{"source":"aws.ec2"}""", "detail-type")]
    [InlineData("""{"detail-type":"x"}""", "source")]
    public void Malformed_payload_is_an_error_that_names_the_field(string payload, string field) =>
        Assert.Equal(field, MalformedIn(payload).Field);

    [Fact]
    public void Random_bytes_are_never_an_exception() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Assert.NotNull(EventParser.Parse(bytes)), iter: 5_000);

    [Fact]
    public void Random_json_is_never_an_exception() =>
        JsonTexts.Any(
            [
                "source", "detail-type", "detail", "instance-id", "state", "action", "dryRun", "instanceIds", "vpcIds", "allowDeletes",
                "time", "Records",
            ],
                [
                    "\"aws.ec2\"", "\"EC2 Instance State-change Notification\"", "\"i-1\"", "\"running\"", "\"resync\"", "\"\\ud800\"",
                    "\"vpc-1\"",
                ])
            .Sample(json => Assert.NotNull(EventParser.Parse(Encoding.UTF8.GetBytes(json))), iter: 20_000);

    [Theory]
    [InlineData("stopping", true)]
    [InlineData("shutting-down", true)]
    [InlineData("pending", false)]
    [InlineData("running", false)]
    [InlineData("stopped", false)]
    [InlineData("terminated", false)]
    public void Only_states_on_the_way_out_lead_nowhere(string state, bool isNowhere)
    {
        Assert.Equal(isNowhere, ScopeOf(Read($"state-{state}")) is Scope.Nothing);
    }

    [Fact]
    public void Union_of_scopes_holds_both_and_everything_holds_all()
    {
        var one = Scope.Of(Id<Instance>.Parse("i-1"));
        var both = Assert.IsType<Scope.Part>(one.Union(Scope.Of(Id<Instance>.Parse("i-2"))));
        Assert.Equal(2, both.Instances.Count);
        Assert.IsType<Scope.Everything>(one.Union(new Scope.Everything()));
        Assert.IsType<Scope.Everything>(new Scope.Everything().Union(new Scope.Nothing("")));
        Assert.Same(one, one.Union(new Scope.Nothing("")));
        Assert.Same(one, new Scope.Nothing("").Union(one));
    }

    private static string With(string json, string field, string value)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var path = field.Split('.');
        var parent = path.Length == 1 ? root : root[path[0]]!.AsObject();
        parent.Remove(path[^1]);
        if (value == "(missing)")
            return root.ToJsonString();
        const string Mark = "\u0001here";
        parent[path[^1]] = Mark;
        return root.ToJsonString().Replace("\"\\u0001here\"", value, StringComparison.Ordinal);
    }
}

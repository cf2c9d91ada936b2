using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Core.Batching;
using AutoMirror.Core.Events;
using AutoMirror.Core.Tests.Events;
using AutoMirror.Core.Tests.Worlds;
using CsCheck;

namespace AutoMirror.Core.Tests.Batching;

/// <summary>Whatever one record holds fails that record alone.</summary>
public class PoisonTests
{
    private const string World = """
        policy {"guardDuty":{"severity":1,"hours":8760}}
        sensor default tmt-1
        target tmt-1 nlb
        eni-a i-1 running m5.large Mirror=yes
        """;

    private const string Good = """
        {"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","detail":{"instance-id":"i-1","state":"running"}}
        """;

    private static readonly string[] Times =
    [
        "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999+14:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1969-12-31",
        "now", "2026-02-30T00:00:00Z", "2026-05-19T09:30:00Z", "+292278994-08-17T07:12:55Z", "",
    ];

    private static readonly string[] Ids = ["i-", "i-1", "eni-a", "tmt-1", "i-00000000000000000000000000000000000000000"];

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Int[0, Times.Length - 1].Select(i => Times[i]).Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.String[0, 300].Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Int[0, Ids.Length - 1].Select(i => Ids[i])
            .Select(id => (JsonNode?)JsonValue.Create(id)),
        Gen.Const((JsonNode?)null),
        Gen.Const((JsonNode?)new JsonArray()).Select(list => list!.DeepClone()),
        Gen.Const((JsonNode?)new JsonObject { ["a"] = 1 }).Select(map => (JsonNode?)map!.DeepClone()));

    [Theory]
    [MemberData(nameof(TimesOf))]
    public void No_time_fails_the_other_records(string time, string sample)
    {
        var poison = JsonNode.Parse(Text(sample))!.AsObject();
        poison["time"] = time;
        if (poison["detail"] is JsonObject detail && detail.ContainsKey("eventTime"))
            detail["eventTime"] = time;
        AssertOnlyThePoisonFails(poison.ToJsonString());
    }

    public static TheoryData<string, string> TimesOf()
    {
        var all = new TheoryData<string, string>();
        foreach (var sample in (string[])[
            "state-running", "guardduty-finding", "api-delete-session", "api-attach-network-interface", "tags-instance-opted-in"])
        {
            foreach (var time in Times)
                all.Add(time, sample);
        }

        return all;
    }

    [Fact]
    public void Nothing_that_a_record_holds_fails_the_others()
    {
        var samples = Directory.GetFiles(Samples.Folder, "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!).ToList();
        Gen.Select(Gen.Int[0, samples.Count - 1], Gen.Int[0, 1000].Array[1, 3], Leaf.Array[3]).Sample(
            (sample, places, leaves) =>
            {
                var poison = samples[sample].DeepClone();
                foreach (var (place, leaf) in places.Zip(leaves))
                    Replace(poison, place, leaf);
                AssertOnlyThePoisonFails(poison.ToJsonString());
            },
            iter: 2_000);
    }

    private static void AssertOnlyThePoisonFails(string poison)
    {
        var run = new RunningWorld(World);
        var batch = new JsonObject
        {
            ["Records"] = new JsonArray(Record("good", Good), Record("poison", poison)),
        };
        var read = Assert.IsType<Payload.Batch>(EventParser.Parse(Encoding.UTF8.GetBytes(batch.ToJsonString())));
        var handler = new BatchHandler(
            events => run.Reconciler().RunAsync(events, run.NextDelivery(), CancellationToken.None), null, run.State.FullSyncs, run.Time);

        var result = run.Await(handler.HandleAsync(read, CancellationToken.None));

        Assert.Null(result.Result.Failure);
        Assert.DoesNotContain("good", result.FailedMessageIds);
        Assert.Single(run.Sessions);
    }

    private static string Text(string sample) => File.ReadAllText(Path.Combine(Samples.Folder, $"{sample}.json"));

    private static JsonObject Record(string id, string body) =>
        new() { ["messageId"] = id, ["eventSource"] = "aws:sqs", ["body"] = body };

    private static void Replace(JsonNode root, int place, JsonNode? by)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
            return;
        switch (places[place % places.Count])
        {
            case (JsonObject map, string name, _):
                map[name] = by?.DeepClone();
                break;
            case (JsonArray list, _, int index):
                list[index] = by?.DeepClone();
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Places(pair.Value).Prepend((map, pair.Key, 0))),
        JsonArray list => list.Index().SelectMany(item => Places(item.Item).Prepend((list, null, item.Index))),
        _ => [],
    };
}

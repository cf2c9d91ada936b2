using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using AutoMirror.Testing;

namespace AutoMirror.Core.Tests.Events;

/// <summary>The sample events of infra/events, whole or with a field changed, and where they lead.</summary>
internal static class Samples
{
    public static readonly string Folder = Repository.PathOf("infra", "events");
    public static readonly DeploymentSettings Settings = new() { RoleName = "automirror-us-east-1", FunctionName = "automirror" };

    public static Scope ScopeOf(MirrorEvent mirrorEvent, Policy? policy = null) => Rules(policy).Of(mirrorEvent);

    public static EventReading ReadingOf(string json) =>
        Assert.Single(ReadingsOf(json));

    public static IReadOnlyList<EventReading> ReadingsOf(string json) =>
        Assert.IsType<Payload.Events>(EventParser.Parse(Encoding.UTF8.GetBytes(json))).Readings;

    public static EventReading.Malformed MalformedIn(string json) => Assert.IsType<EventReading.Malformed>(ReadingOf(json));

    public static MirrorEvent Parse(string json) => Assert.IsType<EventReading.Understood>(ReadingOf(json)).Event;

    public static MirrorEvent Read(string sample) => Parse(File.ReadAllText(Path.Combine(Folder, $"{sample}.json")));

    public static ScopeRules Rules(
        Policy? policy = null, DateTimeOffset? lastFullSyncAt = null, DateTimeOffset? earliestSharedSync = null) =>
        new(
            policy ?? new Policy(), Settings,
            new Remembered { LastFullSyncAt = lastFullSyncAt, EarliestSharedSync = earliestSharedSync });

    public static MirrorEvent Mutated(string sample, string path, string value) =>
        Assert.IsType<EventReading.Understood>(
            Assert.Single(Assert.IsType<Payload.Events>(MutatedPayload(sample, path, value)).Readings)).Event;

    public static Payload MutatedPayload(string sample, string path, string value)
    {
        const string Mark = "\u0001here";
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{sample}.json")))!;
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(root, (node, name) => node[name]!).AsObject();
        parent.Remove(names[^1]);
        if (value == "(missing)")
            return EventParser.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()));
        parent[names[^1]] = Mark;
        return EventParser.Parse(Encoding.UTF8.GetBytes(root.ToJsonString().Replace("\"\\u0001here\"", value, StringComparison.Ordinal)));
    }
}

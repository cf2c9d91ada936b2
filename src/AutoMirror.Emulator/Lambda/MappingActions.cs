using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>Event source mappings over the wire, of which the emulator has those of queues.</summary>
internal sealed class MappingActions(Cloud cloud)
{
    private EventSourceMappings Mappings => cloud.Lambda.Mappings;

    public JsonObject Create(JsonObject input)
    {
        using var turn = cloud.Enter();
        var arn = input.Text("EventSourceArn") ?? throw LambdaErrors.Invalid("EventSourceArn is required.");
        if (arn.Split(':').ElementAtOrDefault(2) != "sqs")
            throw LambdaErrors.NotEmulated($"The event source {arn}");
        var queue = cloud.Sqs.FindByArn(arn)
            ?? throw LambdaErrors.Invalid(
                "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The "
                    + "specified queue does not exist.");
        var entry = Mappings.Add(queue, cloud.Lambda.Get(input.Required("FunctionName")));
        entry.Tags = entry.Tags.SetItems(LambdaTags.Read(input));
        Read(input, entry);
        Mappings.Apply(entry);
        return Write(entry, "Creating");
    }

    public JsonObject Get(JsonObject input)
    {
        var entry = Mappings.Get(input.Required("UUID"));
        return Write(entry, entry.State);
    }

    public JsonObject Update(JsonObject input)
    {
        using var turn = cloud.Enter();
        var entry = Mappings.Get(input.Required("UUID"));
        if (input.Text("FunctionName") is { } name)
            entry.Function = cloud.Lambda.Get(name);
        Read(input, entry);
        Mappings.Apply(entry);
        return Write(entry, "Updating");
    }

    public JsonObject Delete(JsonObject input)
    {
        using var turn = cloud.Enter();
        var entry = Mappings.Get(input.Required("UUID"));
        Mappings.Remove(entry);
        return Write(entry, "Deleting");
    }

    public JsonObject List(JsonObject input)
    {
        var function = input.Text("FunctionName") is { } name ? cloud.Lambda.Get(name) : null;
        var found = Mappings.All.Where(entry => (function is null || entry.Function == function)
            && (input.Text("EventSourceArn") ?? entry.Queue.Arn) == entry.Queue.Arn);
        return new() { ["EventSourceMappings"] = found.Select(entry => Write(entry, entry.State)).ToJsonArray() };
    }

    private static void Read(JsonObject input, EventSourceMappingEntry entry)
    {
        entry.BatchSize = input.Integer("BatchSize") ?? entry.BatchSize;
        entry.Window = input.Integer("MaximumBatchingWindowInSeconds") ?? entry.Window;
        if (input["ScalingConfig"] is JsonObject scaling)
            entry.MaximumConcurrency = scaling.Integer("MaximumConcurrency");
        if (input.ContainsKey("FunctionResponseTypes"))
            entry.ResponseTypes = input.Texts("FunctionResponseTypes");
        if (input["FilterCriteria"] is JsonObject criteria && criteria.Objects("Filters").Count > 0)
            throw LambdaErrors.NotEmulated("A filter of an event source mapping");
        entry.IsEnabled = input["Enabled"]?.GetValue<bool>() ?? entry.IsEnabled;
    }

    private static JsonObject Write(EventSourceMappingEntry entry, string state) => new JsonObject
    {
        ["UUID"] = entry.Id, ["BatchSize"] = entry.BatchSize, ["MaximumBatchingWindowInSeconds"] = entry.Window,
        ["EventSourceArn"] = entry.Queue.Arn, ["FunctionArn"] = entry.Function.Arn, ["LastModified"] = JsonTimes.Of(entry.LastModified),
        ["State"] = state, ["StateTransitionReason"] = "USER_INITIATED", ["FunctionResponseTypes"] = entry.ResponseTypes.ToJsonArray(),
        ["EventSourceMappingArn"] = entry.Arn,
    }.WithAny("ScalingConfig", entry.MaximumConcurrency is { } most ? new JsonObject { ["MaximumConcurrency"] = most } : null);
}

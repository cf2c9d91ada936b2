using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>Tags of functions and mappings over the wire: maps, not lists.</summary>
internal sealed class LambdaTags(Cloud cloud)
{
    public static IEnumerable<KeyValuePair<string, string>> Read(JsonObject input) =>
        (input["Tags"] as JsonObject ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value!.GetValue<string>()));

    public JsonObject List(JsonObject input) => new()
    {
        ["Tags"] = (Mapping(input)?.Tags ?? Function(input).Tags).ToJsonObject(),
    };

    public void Tag(JsonObject input)
    {
        if (Mapping(input) is { } mapping)
            mapping.Tags = mapping.Tags.SetItems(Read(input));
        else
            Function(input).Tags = Function(input).Tags.SetItems(Read(input));
    }

    public void Untag(JsonObject input)
    {
        if (Mapping(input) is { } mapping)
            mapping.Tags = mapping.Tags.RemoveRange(input.Texts("TagKeys"));
        else
            Function(input).Tags = Function(input).Tags.RemoveRange(input.Texts("TagKeys"));
    }

    private EventSourceMappingEntry? Mapping(JsonObject input)
    {
        var arn = input.Required("Resource");
        return arn.Contains(":event-source-mapping:", StringComparison.Ordinal)
            ? cloud.Lambda.Mappings.Get(arn[(arn.LastIndexOf(':') + 1)..])
            : null;
    }

    private LambdaFunction Function(JsonObject input) => cloud.Lambda.Get(input.Required("Resource"));
}

using System.Diagnostics;
using System.Text.Json;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "Tag Change on Resource" (Tag Editor User Guide, "Monitor
/// tag changes"). EC2 is asked for the tags; the event's own only say whether EC2's answer lags behind.</summary>
internal static class TagChangeEvent
{
    public const string DetailType = "Tag Change on Resource";

    public static EventReading Read(JsonElement envelope)
    {
        if (envelope.TextAt("detail", "service") is not { } service)
            return envelope.Malformed("the service that has the resource, such as \"ec2\"", "detail", "service");
        if (envelope.TextAt("detail", "resource-type") is not { } type)
            return envelope.Malformed("the resource's type, such as \"instance\"", "detail", "resource-type");
        if (service != "ec2" || Ec2Words.ResourceTypes.Find(type) is not { } level)
            return new MirrorEvent.Ignored($"tags of {Words.Quote($"{service} {type}")} do not count");
        if (envelope.TextsAt("detail", "changed-tag-keys") is not { } keys)
            return envelope.Malformed("a list of tag keys", "detail", "changed-tag-keys");
        if (envelope.TextsAt("resources") is not [var arn])
            return envelope.Malformed("the ARN of the one resource", "resources");
        return ScopeOf(level, arn.Split('/')[^1]) is { } where
            ? new MirrorEvent.TagChange(level, where, keys)
            {
                After = TagsIn(envelope),
                Version = envelope.At("detail", "version") is { ValueKind: JsonValueKind.Number } number
                    && number.TryGetInt64(out var version)
                    ? version
                    : 0,
            }
            : envelope.Malformed($"the ARN of a resource of type {type}", "resources");
    }

    private static Tags? TagsIn(JsonElement envelope) =>
        envelope.At("detail", "tags") is { ValueKind: JsonValueKind.Object } tags
            && tags.EnumerateObject().All(each => each.Value.ValueKind == JsonValueKind.String && EventFields.Text(each.Value) is not null)
            ? new Tags(tags.EnumerateObject().Select(each => KeyValuePair.Create(each.Name, each.Value.GetString()!)))
            : null;

    private static Scope.Part? ScopeOf(TagLevel level, string id) => level switch
    {
        TagLevel.Instance => Id<Instance>.TryParse(id) is { } instance ? new() { Instances = [instance] } : null,
        TagLevel.Interface =>
            Id<NetworkInterface>.TryParse(id) is { } networkInterface ? new() { NetworkInterfaces = [networkInterface] } : null,
        TagLevel.Subnet => Id<Subnet>.TryParse(id) is { } subnet ? new() { Subnets = [subnet] } : null,
        TagLevel.Vpc => Id<Vpc>.TryParse(id) is { } vpc ? new() { Vpcs = [vpc] } : null,
        _ => throw new UnreachableException(),
    };
}

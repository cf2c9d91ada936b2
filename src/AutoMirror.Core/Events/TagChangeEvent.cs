using System.Text.Json;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "Tag Change on Resource" (Tag Editor User Guide, "Monitor tag changes"). Its tags are not used: EC2 is asked.</summary>
internal static class TagChangeEvent
{
    public const string DetailType = "Tag Change on Resource";

    public static MirrorEvent Read(JsonElement envelope)
    {
        if (envelope.TextAt("detail", "service") is not { } service)
            return envelope.Malformed("the service whose resource it is, such as \"ec2\"", "detail", "service");
        if (envelope.TextAt("detail", "resource-type") is not { } type)
            return envelope.Malformed("the resource's type, such as \"instance\"", "detail", "resource-type");
        if (service != "ec2" || type is not ("instance" or "network-interface" or "subnet" or "vpc"))
            return new MirrorEvent.Ignored($"tags of {ConfigurationError.Quote($"{service} {type}")} do not count");
        if (envelope.TextsAt("detail", "changed-tag-keys") is not { } keys)
            return envelope.Malformed("a list of tag keys", "detail", "changed-tag-keys");
        if (envelope.At("resources") is not { ValueKind: JsonValueKind.Array } resources || resources.GetArrayLength() != 1 || resources[0].ValueKind != JsonValueKind.String)
            return envelope.Malformed("the ARN of the one resource", "resources");

        var id = resources[0].GetString()!.Split('/')[^1];
        return Place(type, id) is var (level, where)
            ? new MirrorEvent.TagChange(level, where, keys)
            : envelope.Malformed($"the ARN of a resource of type {type}", "resources");
    }

    private static (TagLevel Level, Scope.Part Where)? Place(string type, string id) => type switch
    {
        "instance" when Id<Instance>.TryParse(id) is { } instance => (TagLevel.Instance, new Scope.Part { Instances = [instance] }),
        "network-interface" when Id<NetworkInterface>.TryParse(id) is { } networkInterface => (TagLevel.Interface, new Scope.Part { NetworkInterfaces = [networkInterface] }),
        "subnet" when Id<Subnet>.TryParse(id) is { } subnet => (TagLevel.Subnet, new Scope.Part { Subnets = [subnet] }),
        "vpc" when Id<Vpc>.TryParse(id) is { } vpc => (TagLevel.Vpc, new Scope.Part { Vpcs = [vpc] }),
        _ => null,
    };
}

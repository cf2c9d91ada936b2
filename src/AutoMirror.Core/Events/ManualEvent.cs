using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>The manual test event: <c>{}</c>, or any of <c>action</c>, <c>dryRun</c>,
/// <c>instanceIds</c>, <c>vpcIds</c>, <c>allowDeletes</c>.</summary>
/// <remarks>A misspelt field is an error: a slip in <c>dryRun</c> must not become a real run.</remarks>
internal static class ManualEvent
{
    private static readonly string[] Fields = ["action", "dryRun", "instanceIds", "vpcIds", "allowDeletes"];

    public static EventReading Read(JsonElement root)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (!Fields.Contains(property.Name, StringComparer.Ordinal))
            {
                return new EventReading.Malformed(
                    property.Name, "is unknown", $"an AWS event, or a manual one with any of {string.Join(", ", Fields)}");
            }
        }

        if (root.At("action") is not null && root.TextAt("action") != "resync")
            return root.Malformed("\"resync\", or no such field", "action");
        if (Flag(root, "dryRun") is not { } dryRun)
            return root.Malformed("true or false", "dryRun");
        if (Flag(root, "allowDeletes") is not { } allowDeletes)
            return root.Malformed("true or false", "allowDeletes");
        if (Ids<Instance>(root, "instanceIds") is not { } instances)
            return root.Malformed("a list of instance ids, i-…, at least one; no such field for all", "instanceIds");
        if (Ids<Vpc>(root, "vpcIds") is not { } vpcs)
            return root.Malformed("a list of VPC ids, vpc-…, at least one; no such field for all", "vpcIds");

        Scope where = instances.Count + vpcs.Count == 0
            ? new Scope.Everything()
            : new Scope.Part { Instances = [.. instances], Vpcs = [.. vpcs] };
        return new MirrorEvent.ManualRequest(where, dryRun, allowDeletes);
    }

    private static bool? Flag(JsonElement root, string field) => root.At(field)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => null,
    };

    // An empty list is refused: whoever computed it did not mean the whole account.
    private static IReadOnlyList<Id<T>>? Ids<T>(JsonElement root, string field)
        where T : IEc2Resource =>
            root.At(field) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0 ? null : root.IdsAt<T>(field);
}

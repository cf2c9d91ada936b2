using System.Text.Json.Nodes;

namespace AutoMirror.Cli.Rehearsing;

/// <summary>A policy with one thing missing, one at a time: what no case notices is not tested.</summary>
internal static class Mutations
{
    /// <summary>Every leaf of a policy, by its path, with the policy without it.</summary>
    public static IEnumerable<(string Path, JsonObject Without)> Of(JsonObject policy)
    {
        foreach (var path in Paths(policy, []))
        {
            var copy = policy.DeepClone().AsObject();
            Remove(copy, path);
            yield return (string.Concat(path.Select((step, index) => step is int ? $"[{step}]" : index == 0 ? $"{step}" : $".{step}")),
                copy);
        }
    }

    private static IEnumerable<IReadOnlyList<object>> Paths(JsonNode? node, IReadOnlyList<object> path) => node switch
    {
        JsonObject { Count: > 0 } fields => fields.SelectMany(field => Paths(field.Value, [.. path, field.Key])),
        JsonArray { Count: > 0 } list => list.Index().SelectMany(entry => Paths(entry.Item, [.. path, entry.Index])),
        _ => [path],
    };

    private static void Remove(JsonNode node, IReadOnlyList<object> path)
    {
        foreach (var step in path.SkipLast(1))
            node = step is int index ? node[index]! : node[(string)step]!;
        if (path[^1] is int last)
            node.AsArray().RemoveAt(last);
        else
            node.AsObject().Remove((string)path[^1]);
    }
}

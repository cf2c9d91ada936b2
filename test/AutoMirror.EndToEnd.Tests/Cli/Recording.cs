using System.Text.Json.Nodes;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>A recorded account in which something is changed.</summary>
internal sealed class Recording
{
    private readonly Dictionary<string, List<JsonObject>> _lists = new(StringComparer.Ordinal);

    /// <summary>The things in an answer; instances without their reservations.</summary>
    public List<JsonObject> this[string command] => _lists[command];

    /// <summary>The instance that is tagged as a sensor's host.</summary>
    public JsonObject Sensor => _lists["describe-instances"].SelectMany(reservation => reservation["Instances"]!.AsArray())
        .Select(instance => instance!.AsObject())
        .First(instance => instance["Tags"] is JsonArray tags && tags.Any(tag => $"{tag!["Key"]}" == "automirror:sensor-host"));

    /// <summary>Copies a recording, changed.</summary>
    public static void Copy(string from, string to, Action<Recording> change)
    {
        var (recording, roots) = (new Recording(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var file in Directory.GetFiles(from))
        {
            var (name, answer) = (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!.AsObject());
            if (answer.FirstOrDefault(member => member.Value is JsonArray) is not { Value: JsonArray list } root)
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
                continue;
            }

            (recording._lists[name], roots[name]) = ([.. list.Select(each => each!.DeepClone().AsObject())], root.Key);
        }

        change(recording);
        foreach (var (name, list) in recording._lists)
        {
            File.WriteAllText(
                Path.Combine(to, $"{name}.json"),
                new JsonObject { [roots[name]] = new JsonArray([.. list.Select(each => (JsonNode)each)]) }.ToJsonString());
        }
    }
}

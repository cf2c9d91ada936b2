using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoMirror.Aws.Hosting;

/// <summary>Lambda's partial batch response (Lambda Developer Guide, "Implementing partial
/// batch responses"): only the messages that come back.</summary>
internal static class BatchAnswer
{
    /// <summary>The document, in UTF-8.</summary>
    public static byte[] Write(IEnumerable<string> failedMessageIds) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Document([.. failedMessageIds.Select(id => new Failure(id))]), BatchAnswerJson.Default.Document);

    internal sealed record Document(IReadOnlyList<Failure> BatchItemFailures);

    internal sealed record Failure(string ItemIdentifier);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchAnswer.Document))]
internal sealed partial class BatchAnswerJson : JsonSerializerContext;

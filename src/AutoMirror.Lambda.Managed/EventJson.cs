using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using AutoMirror.Lambda.Managed;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<EventJson>))]

namespace AutoMirror.Lambda.Managed;

/// <summary>What Lambda's serializer reads and writes for this host, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(CloudWatchEvent<JsonElement>))]
public sealed partial class EventJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>How many sources a mirror target takes: data with source and date, in <c>target-capacity.json</c> (Traffic Mirroring guide, "Quotas").</summary>
public static class TargetCapacity
{
    // Sizes that are the largest of no family.
    private static readonly HashSet<string> SmallSizes = ["nano", "micro", "small", "medium", "large", "xlarge"];
    private static readonly HashSet<string> Large = Load();
    private static readonly HashSet<string> FamiliesOfLarge = Large.Select(type => Split(type).Family).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of sources; null where there is no limit, or none that is known: then EC2's refusal tells.</summary>
    public static int? Of(TargetDestination destination) => destination is TargetDestination.CaptureInterface { InstanceType: { } type } ? OnInterfaceOf(type) : null;

    // Of a family, or bare metal, that the guide does not tell of, EC2 decides: an assumed limit of ten that is really a hundred would
    // leave workloads unseen.
    private static int? OnInterfaceOf(string type)
    {
        var (family, size) = Split(type);
        if (Large.Contains(type))
            return Quotas.SourcesPerLargestInterfaceTarget;
        var isSmall = SmallSizes.Contains(size) || (FamiliesOfLarge.Contains(family) && !size.StartsWith("metal", StringComparison.OrdinalIgnoreCase));
        return isSmall ? Quotas.SourcesPerInterfaceTarget : null;
    }

    private static (string Family, string Size) Split(string type) => type.Split('.', 2) is [var family, var size] ? (family, size) : (type, "");

    private static HashSet<string> Load()
    {
        using var stream = typeof(TargetCapacity).Assembly.GetManifestResourceStream("target-capacity.json")
            ?? throw new InvalidOperationException("target-capacity.json is not in the assembly.");
        var document = JsonSerializer.Deserialize(stream, TargetCapacityJson.Default.TargetCapacityDocument)
            ?? throw new InvalidOperationException("target-capacity.json is empty.");
        return document.HundredSources.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}

internal sealed record TargetCapacityDocument(string Source, string Date, IReadOnlyList<string> HundredSources);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TargetCapacityDocument))]
internal sealed partial class TargetCapacityJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Facts;

/// <summary>How many sources a mirror target takes: data with source and date, in
/// <c>target-capacity.json</c> (Traffic Mirroring guide, "Quotas").</summary>
internal static class TargetCapacity
{
    // Sizes that are the largest of no family.
    private static readonly HashSet<string> SmallSizes = ["nano", "micro", "small", "medium", "large", "xlarge"];
    private static readonly HashSet<string> Large = GuideData.Load(
        "target-capacity.json",
        TargetCapacityJson.Default.TargetCapacityDocument).HundredSources.ToHashSet(StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> FamiliesOfLarge = Large.Select(type => InstanceTypeName.Of(type).Family)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of sources; null where there is no limit, or none that is known: then EC2's refusal decides.</summary>
    /// <param name="instanceType">The type of the instance that holds the interface; null when that is not known.</param>
    public static int? Of(TargetDestination destination, string? instanceType) =>
        destination is TargetDestination.CaptureInterface && instanceType is not null ? OnInterfaceOf(instanceType) : null;

    // Of a family, or bare metal, that the guide does not mention, EC2 decides: an assumed limit of ten that is really a hundred would
    // leave workloads unseen.
    private static int? OnInterfaceOf(string type)
    {
        if (Large.Contains(type))
            return Quotas.SourcesPerLargestInterfaceTarget;
        var name = InstanceTypeName.Of(type);
        var isSmall = SmallSizes.Contains(name.Size) || (FamiliesOfLarge.Contains(name.Family) && !name.IsBareMetal);
        return isSmall ? Quotas.SourcesPerInterfaceTarget : null;
    }
}

internal sealed record TargetCapacityDocument(string Source, string Date, IReadOnlyList<string> HundredSources);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TargetCapacityDocument))]
internal sealed partial class TargetCapacityJson : JsonSerializerContext;

using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>What is mirrored whatever its owner's tag says. Exclusions by type, VPC, subnet and manager win over it;
/// exclusions by tag do not, since owners set tags.</summary>
internal sealed record Obligation
{
    public static Obligation None { get; } = new();

    public IReadOnlyList<Id<Vpc>> Vpcs { get; init; } = [];
    public IReadOnlyList<Id<Subnet>> Subnets { get; init; } = [];

    /// <summary>Values of instances' tags that oblige, by key; <c>*</c> stands for any.
    /// Only the platform should be able to set them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The sensor of those whose own tag names none.</summary>
    public SensorName Sensor { get; init; } = SensorName.Default;
}

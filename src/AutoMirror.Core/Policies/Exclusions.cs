using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>What is never mirrored, whatever its tags say.</summary>
internal sealed record Exclusions
{
    public static Exclusions None { get; } = new();

    /// <summary>Tag values that exclude, by key; <c>*</c> stands for any value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Instance types that are excluded: a type (<c>m5.large</c>) or a whole family (<c>m5.*</c>).</summary>
    public IReadOnlyList<InstanceTypePattern> InstanceTypes { get; init; } = [];

    public IReadOnlyList<Id<Vpc>> Vpcs { get; init; } = [];
    public IReadOnlyList<Id<Subnet>> Subnets { get; init; } = [];

    /// <summary>Whether nodes that EKS or ECS manages, known by their tags, are excluded.</summary>
    public bool KubernetesNodes { get; init; }

    /// <summary>AWS services whose managed instances are excluded, such as <c>eks.amazonaws.com</c>; <c>*</c> stands for any.</summary>
    public IReadOnlyList<string> ManagedBy { get; init; } = [];
}

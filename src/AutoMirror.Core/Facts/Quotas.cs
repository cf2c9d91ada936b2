namespace AutoMirror.Core.Facts;

/// <summary>EC2's quotas on traffic mirroring, named once (Traffic Mirroring guide, "Quotas").</summary>
internal static class Quotas
{
    public const int SessionsPerInterface = 3;

    /// <summary>Sources of a target that is a network interface, unless its instance is of a type that takes more.</summary>
    public const int SourcesPerInterfaceTarget = 10;

    /// <summary>Sources of a target that is a network interface of an instance of one of the largest types.</summary>
    public const int SourcesPerLargestInterfaceTarget = 100;
}

using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>How many sources a mirror target takes (Traffic Mirroring guide, "Quotas").</summary>
public static class TargetCapacity
{
    /// <summary>The number of sources; null where there is no limit, or none that is known: then EC2's refusal tells.</summary>
    public static int? Of(TargetDestination destination) => destination switch
    {
        TargetDestination.CaptureInterface { InstanceType: { } type } => IsLargestOfFamily(type) switch
        {
            true => Quotas.SourcesPerLargestInterfaceTarget,
            false => Quotas.SourcesPerInterfaceTarget,
            null => null,
        },
        _ => null,
    };

    // Sizes that are never the largest of their family. For what is not listed here, EC2 decides: an assumed limit of ten
    // that is really a hundred would leave workloads unseen.
    private static bool? IsLargestOfFamily(string instanceType) => instanceType[(instanceType.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
    {
        "nano" or "micro" or "small" or "medium" or "large" or "xlarge" => false,
        var size when size.StartsWith("metal", StringComparison.Ordinal) => true,
        "48xlarge" => true,
        _ => null,
    };
}


namespace AutoMirror.Core.Policies;

/// <summary>Instances that EKS or ECS manages, known by the tags that these services and their tools set.</summary>
internal static class ManagedNodes
{
    // EKS User Guide: managed node groups set eks:cluster-name and eks:nodegroup-name, EKS Auto Mode eks:eks-cluster-name,
    // EKS sets aws:eks:cluster-name; self-managed nodes must carry kubernetes.io/cluster/<name>. ECS Developer Guide:
    // capacity providers tag with AmazonECSManaged, and aws:ecs:clusterName is set on managed instances.
    private static readonly string[] Keys =
    [
        "eks:cluster-name", "eks:nodegroup-name", "eks:eks-cluster-name", "aws:eks:cluster-name", "AmazonECSManaged", "aws:ecs:clusterName",
    ];

    private const string ClusterKeyPrefix = "kubernetes.io/cluster/";

    /// <summary>The first key that shows an instance to be such a node; null when none does.</summary>
    public static string? KeyThatShows(IEnumerable<string> tagKeys) =>
        tagKeys.FirstOrDefault(
            key => Keys.Contains(key, StringComparer.Ordinal) || key.StartsWith(ClusterKeyPrefix, StringComparison.Ordinal));
}

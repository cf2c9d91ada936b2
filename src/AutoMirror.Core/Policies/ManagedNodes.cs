using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>Instances that EKS or ECS manages, known by the tags that these services and their tools set.</summary>
internal static class ManagedNodes
{
    // EKS User Guide: managed node groups set eks:cluster-name and eks:nodegroup-name, EKS Auto Mode eks:eks-cluster-name,
    // EKS sets aws:eks:cluster-name; self-managed nodes must carry kubernetes.io/cluster/<name>. ECS Developer Guide:
    // capacity providers tag with AmazonECSManaged, and aws:ecs:clusterName is set on managed instances.
    private static readonly string[] Keys =
        ["eks:cluster-name", "eks:nodegroup-name", "eks:eks-cluster-name", "aws:eks:cluster-name", "AmazonECSManaged", "aws:ecs:clusterName"];

    private const string ClusterKeyPrefix = "kubernetes.io/cluster/";

    /// <summary>The tag that shows an instance to be such a node; null when none does.</summary>
    public static string? KeyThatShows(Tags tags) =>
        Keys.FirstOrDefault(key => tags[key] is not null)
        ?? tags.Pairs.Select(pair => pair.Key).FirstOrDefault(key => key.StartsWith(ClusterKeyPrefix, StringComparison.Ordinal));
}

using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>Which tags can change who is mirrored.</summary>
internal static class TagsThatCount
{
    /// <summary>Whether the tag <paramref name="key"/> on a resource of that level can change a decision under a policy.</summary>
    public static bool Counts(this Policy policy, TagLevel level, string key)
    {
        var isRead = policy.TagLevels.Contains(level) || (level == TagLevel.Interface && policy.StandaloneInterfaces);
        return (isRead && key == policy.TagKey)
            || ((isRead || level == TagLevel.Instance) && policy.Exclude.Tags.ContainsKey(key))
            || (level == TagLevel.Instance && (key == Ownership.SensorHostKey || policy.Mandatory.Tags.ContainsKey(key)))
            || (level == TagLevel.Instance && policy.Exclude.KubernetesNodes && ManagedNodes.KeyThatShows([key]) is not null);
    }
}

using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>What the policy's exclusions and obligations say of a source.</summary>
internal sealed class PolicyRules(Policy policy, Levels levels)
{
    /// <summary>The exclusion that nothing lifts: by type, place, manager, or as no primary interface; null when there is none.</summary>
    public Reason? WhyNever(Source source)
    {
        var (networkInterface, instance, exclude) = (source.Interface, source.Instance, policy.Exclude);
        if (instance is not null && exclude.InstanceTypes.Any(type => type.Matches(instance.InstanceType)))
            return new Reason.ExcludedInstanceType(instance.InstanceType);
        if (networkInterface.VpcId is { } vpc && exclude.Vpcs.Contains(vpc))
            return new Reason.ExcludedVpc(vpc);
        if (networkInterface.SubnetId is { } subnet && exclude.Subnets.Contains(subnet))
            return new Reason.ExcludedSubnet(subnet);
        if ((instance?.ManagedBy ?? networkInterface.ManagedBy) is { } manager
            && (exclude.ManagedBy.Contains(manager, StringComparer.OrdinalIgnoreCase) || exclude.ManagedBy.Contains("*")))
        {
            return new Reason.ExcludedManager(manager);
        }

        return policy.Interfaces == InterfaceSelection.Primary && instance is not null
            && networkInterface.Attachment is { IsPrimary: false } attachment
            ? new Reason.NotPrimary(attachment.DeviceIndex, attachment.NetworkCardIndex)
            : null;
    }

    /// <summary>The exclusion by a tag, which an obligation, a finding or a capture lifts; null when there is none.</summary>
    public Reason? WhyNotByTag(Source source)
    {
        foreach (var (key, values) in policy.Exclude.Tags)
        {
            foreach (var (level, tags) in levels.Of(source, all: true))
            {
                if (tags[key] is { } value && Matches(values, value))
                    return new Reason.ExcludedTag(level, key, value);
            }
        }

        return policy.Exclude.KubernetesNodes && source.Instance is { } instance
            && ManagedNodes.KeyThatShows(instance.Tags.Pairs.Select(pair => pair.Key)) is { } node
            ? new Reason.ExcludedNode(node)
            : null;
    }

    /// <summary>Why a source is mirrored whatever its owner says; null when nothing obliges.</summary>
    public Reason.Obliged? WhyAlways(Source source)
    {
        var mandatory = policy.Mandatory;
        if (source.Interface.SubnetId is { } subnet && mandatory.Subnets.Contains(subnet))
            return new(subnet.Value);
        if (source.Interface.VpcId is { } vpc && mandatory.Vpcs.Contains(vpc))
            return new(vpc.Value);
        foreach (var (key, values) in mandatory.Tags)
        {
            if (source.Instance?.Tags[key] is { } value && Matches(values, value))
                return new($"{key}={value}");
        }

        return null;
    }

    private static bool Matches(IReadOnlyList<string> values, string value) =>
        values.Contains(value, StringComparer.Ordinal) || values.Contains("*", StringComparer.Ordinal);
}

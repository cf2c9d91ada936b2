using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>The tags of a source, level by level.</summary>
internal sealed class Levels(Situation situation)
{
    private readonly Policy _policy = situation.Policy;

    /// <summary>The value of the opt-in tag at the most specific level that has it; null where none has.</summary>
    public (TagLevel Level, string Value)? OptIn(Source source)
    {
        foreach (var (level, tags) in Of(source, all: false))
        {
            if (tags[_policy.TagKey] is { } value)
                return (level, value);
        }

        return null;
    }

    /// <summary>The tags that are known and count, from the most specific level; for exclusions all that were read count.</summary>
    public IEnumerable<(TagLevel Level, Tags Tags)> Of(Source source, bool all)
    {
        // Of an interface without an instance its own tags count, whatever the policy's levels say: there is nobody else to ask.
        var (networkInterface, instance, levels) = (source.Interface, source.Instance, _policy.TagLevels);
        if (networkInterface.Tags is { } own && (all || instance is null || levels.Contains(TagLevel.Interface)))
            yield return (TagLevel.Interface, own);
        if (instance is not null && (all || levels.Contains(TagLevel.Instance)))
            yield return (TagLevel.Instance, instance.Tags);
        if (networkInterface.SubnetId is { } subnet && situation.Inventory.SubnetTags.TryGetValue(subnet, out var subnetTags))
            yield return (TagLevel.Subnet, subnetTags);
        if (networkInterface.VpcId is { } vpc && situation.Inventory.VpcTags.TryGetValue(vpc, out var vpcTags))
            yield return (TagLevel.Vpc, vpcTags);
    }
}

using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>Decides who is to be mirrored. The rules stand in the order in which they
/// win; Core's README draws them as a table.</summary>
internal sealed class Judge(Situation situation, Sensors sensors)
{
    private readonly Policy _policy = situation.Policy;

    /// <remarks>Where the interface has an owned session, EC2 has accepted it as a source. EC2 is right, whatever our data says.</remarks>
    public Eligibility Decide(Source source)
    {
        var (networkInterface, instance, owned) = (source.Interface, source.Instance, source.Owned);
        if (sensors.TargetOn(networkInterface.Id) is { } target)
            return Unwanted(new Verdict.Sensor(), instance, new Reason.IsMirrorTarget(target));
        if (source.HeldTarget is { } held)
            return Unwanted(new Verdict.Sensor(), instance, new Reason.InstanceHoldsMirrorTarget(held));
        if (Exclusion(networkInterface, instance) is { } exclusion)
            return Unwanted(new Verdict.Excluded(), instance, exclusion);
        if (networkInterface.Attachment is null or { Status: AttachmentStatus.Detached })
            return new Eligibility.Unwanted(new Verdict.NotASource(), SessionFate.DeleteWithSource) { Because = [new Reason.Unattached()] };
        if (instance is null && !_policy.StandaloneInterfaces)
            return Unwanted(new Verdict.Excluded(), instance, new Reason.NoInstance());

        var (value, said) = Tag(networkInterface, instance);
        var wish = MirrorWish.Of(value);
        DateTimeOffset? until = wish is MirrorWish.No ? FoundUntil(instance, owned) : null;
        if (until is { } end)
            (wish, said) = (new MirrorWish.ToSensor(_policy.GuardDuty!.Sensor), new Reason.Found(end));
        if (wish is not MirrorWish.ToSensor { Sensor: var sensor })
            return OptedOut(instance, owned, said);
        if (instance is { State: not (InstanceState.Pending or InstanceState.Running) })
        {
            return new Eligibility.Unwanted(
                new Verdict.NotRunning(), FateIn(instance.State))
            { Because = [said, new Reason.InState(instance.State)] };
        }

        if (networkInterface.Attachment.Status == AttachmentStatus.Detaching)
            return Kept(new Verdict.NotASource(), said, new Reason.Detaching());
        if (owned.Count == 0 && WhyNoSource(networkInterface, instance) is var (verdict, why))
            return Kept(verdict, said, why);

        var (targets, whyNone) = sensors.Resolve(sensor);
        return whyNone is null
            ? new Eligibility.Wanted(sensor, targets, until) { Because = [said] }
            : Kept(new Verdict.UnknownSensor(sensor), said, whyNone);
    }

    /// <summary>Until when a security finding, reported now or kept on a session, wants an
    /// instance mirrored; null when none does any more.</summary>
    private DateTimeOffset? FoundUntil(Instance? instance, IReadOnlyList<TrafficMirrorSession> owned)
    {
        if (_policy.GuardDuty is null || instance is null)
            return null;
        var until = owned.Select(Ownership.Until).Append(situation.Findings.TryGetValue(instance.Id, out var reported) ? reported : null)
            .Max();
        return until > situation.Inventory.Now ? until : null;
    }

    // A finding's mirror that has run out is expected to go, so the blast radius does not count it. One that is removed early is a policy
    // change, possibly from a stale copy: that is counted.
    private Eligibility.Unwanted OptedOut(Instance? instance, IReadOnlyList<TrafficMirrorSession> owned, Reason said)
    {
        var unwanted = Unwanted(new Verdict.OptedOut(), instance, said);
        return unwanted.Fate == SessionFate.DeleteByDecision && owned.Any(session => Ownership.Until(session) <= situation.Inventory.Now)
            ? unwanted with { Fate = SessionFate.DeleteWithSource }
            : unwanted;
    }

    private static Eligibility.Unwanted Kept(Verdict verdict, params IReadOnlyList<Reason> because) =>
        new(verdict, SessionFate.Keep) { Because = because };

    private Eligibility.Unwanted Unwanted(Verdict verdict, Instance? instance, Reason reason) => new(verdict, instance?.State switch
    {
        // A host's last packets are what an investigator wants, whatever its tag says by then.
        InstanceState.Stopping or InstanceState.ShuttingDown => SessionFate.Keep,
        InstanceState.Stopped when _policy.OnStop == OnStop.Delete => SessionFate.DeleteWithSource,
        InstanceState.Terminated => SessionFate.DeleteWithSource,
        _ => SessionFate.DeleteByDecision,
    })
    {
        Because = [reason],
    };

    private SessionFate FateIn(InstanceState state) => state switch
    {
        InstanceState.Stopped => _policy.OnStop == OnStop.Delete ? SessionFate.DeleteWithSource : SessionFate.Keep,
        InstanceState.Terminated => SessionFate.DeleteWithSource,
        _ => SessionFate.Keep,
    };

    private static (Verdict Verdict, Reason Why)? WhyNoSource(NetworkInterface networkInterface, Instance? instance) =>
        networkInterface switch
        {
            { InterfaceType: not NetworkInterface.SourceType } =>
                (new Verdict.NotASource(), new Reason.OfType(networkInterface.InterfaceType)),
            { HasIpv4Address: false } => (new Verdict.NotASource(), new Reason.Ipv6Only()),
            _ when instance is not null && SourceSupport.BuiltIn.WhyNot(instance.InstanceType) is { } why =>
                (new Verdict.Unsupported(), new Reason.UnsupportedType(instance.InstanceType, why)),
            _ => null,
        };

    private Reason? Exclusion(NetworkInterface networkInterface, Instance? instance)
    {
        var exclude = _policy.Exclude;
        foreach (var (key, values) in exclude.Tags)
        {
            foreach (var (level, tags) in TagsOf(networkInterface, instance, all: true))
            {
                if (tags[key] is { } value
                    && (values.Contains(value, StringComparer.Ordinal) || values.Contains("*", StringComparer.Ordinal)))
                {
                    return new Reason.ExcludedTag(level, key, value);
                }
            }
        }

        if (instance is not null && exclude.InstanceTypes.Any(type => type.Matches(instance.InstanceType)))
            return new Reason.ExcludedInstanceType(instance.InstanceType);
        if (networkInterface.VpcId is { } vpc && exclude.Vpcs.Contains(vpc))
            return new Reason.ExcludedVpc(vpc);
        if (networkInterface.SubnetId is { } subnet && exclude.Subnets.Contains(subnet))
            return new Reason.ExcludedSubnet(subnet);
        if (exclude.KubernetesNodes && instance is not null
            && ManagedNodes.KeyThatShows(instance.Tags.Pairs.Select(pair => pair.Key)) is { } node)
        {
            return new Reason.ExcludedNode(node);
        }

        return _policy.Interfaces == InterfaceSelection.Primary && instance is not null
            && networkInterface.Attachment is { DeviceIndex: not 0 } attachment
            ? new Reason.NotPrimary(attachment.DeviceIndex)
            : null;
    }

    private (string Value, Reason Said) Tag(NetworkInterface networkInterface, Instance? instance)
    {
        foreach (var (level, tags) in TagsOf(networkInterface, instance, all: false))
        {
            if (tags[_policy.TagKey] is { } value)
                return (value, new Reason.Tagged(level, _policy.TagKey, value));
        }

        return (_policy.Untagged, new Reason.Untagged(_policy.TagKey, _policy.Untagged));
    }

    /// <summary>The tags that are known and count, from the most specific level; for exclusions all that were read count.</summary>
    private IEnumerable<(TagLevel Level, Tags Tags)> TagsOf(NetworkInterface networkInterface, Instance? instance, bool all)
    {
        // Of an interface without an instance its own tags decide, whatever the policy's levels say.
        var levels = _policy.TagLevels;
        if (networkInterface.Tags is { } own && (all || instance is null || levels.Contains(TagLevel.Interface)))
            yield return (TagLevel.Interface, own);
        if (instance is not null && (all || levels.Contains(TagLevel.Instance)))
            yield return (TagLevel.Instance, instance.Tags);
        if (instance is null && !all)
            yield break;
        if (networkInterface.SubnetId is { } subnet && situation.Inventory.SubnetTags.TryGetValue(subnet, out var subnetTags))
            yield return (TagLevel.Subnet, subnetTags);
        if (networkInterface.VpcId is { } vpc && situation.Inventory.VpcTags.TryGetValue(vpc, out var vpcTags))
            yield return (TagLevel.Vpc, vpcTags);
    }
}

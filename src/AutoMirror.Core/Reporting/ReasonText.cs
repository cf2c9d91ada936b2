using System.Diagnostics;
using System.Globalization;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Reporting;

/// <summary>Reasons in words. Values that came from tags are quoted and cut, since anybody may write them.</summary>
internal static class ReasonText
{
    private const int MostNamed = 5;

    /// <summary>A chain of reasons as one sentence.</summary>
    public static string Of(IReadOnlyList<Reason> because) => string.Join("; ", because.Select(Of));

    /// <summary>The same, with how many sources wait for a sensor whose targets are full.</summary>
    public static string Of(IReadOnlyList<Reason> because, IReadOnlyDictionary<SensorName, int> waiting) =>
        string.Join("; ", because.Select(reason =>
        reason is Reason.AllTargetsFull { Sensor: var sensor } && waiting.TryGetValue(sensor, out var count)
            ? $"{Of(reason)}, and {count} {(count == 1 ? "source waits" : "sources wait")}"
            : Of(reason)));

    public static string Of(Reason reason) => reason switch
    {
        Reason.Tagged tagged => $"the {WordFor(tagged.Level)}'s tag {tagged.Key} is {Words.Quote(tagged.Value)}",
        Reason.Untagged untagged => $"no tag {untagged.Key}, and the policy's untagged is {Words.Quote(untagged.Value)}",
        Reason.Found found => $"a security finding wants it mirrored until {Utc(found.Until)}",
        Reason.Captured captured => $"somebody captures it until {Utc(captured.Until)}",
        Reason.IsMirrorTarget target => $"it is the mirror target {target.TargetId}",
        Reason.InstanceHoldsMirrorTarget target => $"its instance holds the mirror target {target.TargetId}",
        Reason.ExcludedTag tag =>
            $"the policy excludes the {WordFor(tag.Level)}'s tag {Words.Quote(tag.Key)} with {Words.Quote(tag.Value)}",
        Reason.ExcludedInstanceType type => $"the policy excludes the instance type {type.InstanceType}",
        Reason.ExcludedVpc vpc => $"the policy excludes {vpc.VpcId}",
        Reason.ExcludedSubnet subnet => $"the policy excludes {subnet.SubnetId}",
        Reason.ExcludedNode node => $"the policy excludes nodes of EKS and ECS, which the tag {Words.Quote(node.Key)} shows it to be",
        Reason.IsSensorHost => $"the tag {Ownership.SensorHostKey} says that its instance is a sensor's host",
        Reason.Obliged obliged => $"the policy's mandatory names {Words.Quote(obliged.By)}",
        Reason.ExcludedManager manager => $"the policy excludes what {Words.Quote(manager.Principal)} manages",
        Reason.NotPrimary other => "the policy mirrors primary interfaces only, and this one has device index "
            + $"{other.DeviceIndex} on network card {other.NetworkCardIndex}",
        Reason.OfAccount other => $"it belongs to the account {Words.Quote(other.OwnerId)}, and the policy's participants is off",
        Reason.ManagedBy manager => $"{Words.Quote(manager.Principal)} manages its instance",
        Reason.RequestedBy requester => $"{Words.Quote(requester.RequesterId)} has made it",
        Reason.RefusedFamily family =>
            $"EC2 has refused another interface of the family of {family.InstanceType}; each full sync asks again for one",
        Reason.FilterMissing filter => $"the mirror filter {filter.FilterId} does not exist",
        Reason.FilterAcceptsNothing filter => $"the mirror filter {filter.FilterId} accepts no packet",
        Reason.HostsUndeclared undeclared => "the policy first has to say how this sensor's hosts are kept out: set the field hosts of "
            + $"{Words.Quote(undeclared.Sensor.Value)} in sensors",
        Reason.InAnotherVpc target => $"{target.TargetId} lies in another VPC, to which there must be a route",
        Reason.SensorIsOut { State: CaptureState.Gone } target => $"the interface of {target.TargetId} does not exist any more",
        Reason.SensorIsOut target => $"no running instance holds the interface of {target.TargetId}",
        Reason.NoInstance => "it belongs to no instance, and the policy's standaloneInterfaces is off",
        Reason.InState state => $"the instance is {Ec2Words.InstanceStates.WordFor(state.State)}",
        Reason.Unattached => "it is attached to nothing",
        Reason.Detaching => "it is being detached",
        Reason.OfType type => $"an interface of type {Words.Quote(type.InterfaceType)} cannot be a mirror source",
        Reason.Ipv6Only => "an interface in an IPv6-only subnet cannot be a mirror source",
        Reason.UnsupportedType type =>
            $"{type.InstanceType} cannot be a mirror source: {WordFor(type.Why)} (as of {SourceSupport.BuiltIn.Date})",
        Reason.NoSuchSensor sensor => $"no sensor is called {Words.Quote(sensor.Name.Value)}: {sensor.Parameter} does not exist",
        Reason.NoTargetLeft { Gone.Count: 0 } empty =>
            $"the sensor {Words.Quote(empty.Name.Value)} has no target: {empty.Parameter} is empty",
        Reason.NoTargetLeft gone => $"the sensor {Words.Quote(gone.Name.Value)} has no target left: EC2 does not know "
            + $"{string.Join(", ", gone.Gone.Take(MostNamed))}"
            + $"{(gone.Gone.Count > MostNamed ? $" and {gone.Gone.Count - MostNamed} more" : "")} of {gone.Parameter}",
        Reason.Placed { Kept: true } kept => $"its session stays with {kept.TargetId} of the sensor {Words.Quote(kept.Sensor.Value)}",
        Reason.Placed { PoolSize: 1 } placed => $"the sensor {Words.Quote(placed.Sensor.Value)} has the target {placed.TargetId}",
        Reason.Placed placed =>
            $"{placed.TargetId} ranks {Ordinal(placed.Rank)} of the {placed.PoolSize} targets of the sensor "
                + $"{Words.Quote(placed.Sensor.Value)}",
        Reason.NoRoomToMove full => $"no target of the sensor {Words.Quote(full.Sensor.Value)} has room for it",
        Reason.AllTargetsFull full => $"every target of the sensor {Words.Quote(full.Sensor.Value)} is full",
        Reason.NumberTaken number => $"a foreign session has the number {number.Wanted}, so it has {number.Instead}",
        Reason.NumberKept number => $"its session keeps the number {number.Kept} until a full sync sees that {number.Wanted} is free",
        Reason.SessionsOnInterface sessions =>
            $"it carries {sessions.Count} foreign sessions, and EC2 allows {Quotas.SessionsPerInterface}",
        Reason.ShadowedBy shadow =>
            $"the foreign session {shadow.SessionId} takes {(shadow.How == Shadow.Fully ? "all" : "some")} of its packets",
        Reason.Refused refused => $"EC2 answered {refused.Refusal}",
        Reason.NotAttachedYet => "it is not attached yet, so EC2 does not take it yet: the running event looks again",
        Reason.Contradicted { By: var by } => ContradictionText.Of(by),
        Reason.UnknownToEc2 => "EC2 does not know it",
        Reason.NoInterfaces => "it has no interfaces any more",
        Reason.Withheld withheld => $"the change is held back: {WordFor(withheld.By)}",
        _ => throw new UnreachableException(),
    };

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    private static string WordFor(TagLevel level) => level == TagLevel.Vpc ? "VPC" : PolicyWords.TagLevels.WordFor(level);

    private static string WordFor(UnsupportedSource why) => why switch
    {
        UnsupportedSource.BareMetal => "traffic mirroring is not available on this bare metal",
        UnsupportedSource.NotNitro => "it is not built on the Nitro system",
        UnsupportedSource.Family => "EC2 excepts its family from traffic mirroring",
        _ => throw new UnreachableException(),
    };

    private static string WordFor(WithheldBy by) => by switch
    {
        WithheldBy.DryRun => "this is a dry run",
        WithheldBy.Mode => "the policy's mode",
        WithheldBy.Limits => "the policy's limits",
        WithheldBy.Gaps => "not everything could be read",
        WithheldBy.BrokenPlan => "the plan broke AutoMirror's own rules",
        _ => throw new UnreachableException(),
    };

    private static string Ordinal(int rank) => (rank % 100, rank % 10) switch
    {
        (11 or 12 or 13, _) => $"{rank}th",
        (_, 1) => $"{rank}st",
        (_, 2) => $"{rank}nd",
        (_, 3) => $"{rank}rd",
        _ => $"{rank}th",
    };
}

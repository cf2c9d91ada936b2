using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Planning;

/// <summary>One link of the chain that led to a verdict, as data.</summary>
internal abstract record Reason
{
    private Reason() { }

    /// <summary>The opt-in tag, found at the most specific level that has it.</summary>
    public sealed record Tagged(TagLevel Level, string Key, string Value) : Reason;

    /// <summary>The opt-in tag is nowhere, so the policy's <c>untagged</c> holds.</summary>
    public sealed record Untagged(string Key, string Value) : Reason;

    /// <summary>A security finding wants the instance mirrored until then, whatever its tag says.</summary>
    public sealed record Found(DateTimeOffset Until) : Reason;

    /// <summary>A person wants it mirrored until then, whatever its tag says.</summary>
    public sealed record Captured(DateTimeOffset Until) : Reason;

    public sealed record IsMirrorTarget(Id<TrafficMirrorTarget> TargetId) : Reason;
    public sealed record InstanceHoldsMirrorTarget(Id<TrafficMirrorTarget> TargetId) : Reason;
    /// <summary>The tag <c>automirror:sensor-host</c> marks its instance as a sensor's host.</summary>
    public sealed record IsSensorHost : Reason;

    /// <summary>The policy's <c>mandatory</c> obliges it to be mirrored.</summary>
    /// <param name="By">The VPC, the subnet, or the tag.</param>
    public sealed record Obliged(string By) : Reason;

    public sealed record ExcludedTag(TagLevel Level, string Key, string Value) : Reason;
    public sealed record ExcludedInstanceType(string InstanceType) : Reason;
    public sealed record ExcludedVpc(Id<Vpc> VpcId) : Reason;
    public sealed record ExcludedSubnet(Id<Subnet> SubnetId) : Reason;

    /// <summary>The policy excludes nodes that EKS or ECS manages, which this tag shows it to be.</summary>
    public sealed record ExcludedNode(string Key) : Reason;

    /// <summary>The policy excludes what this AWS service manages.</summary>
    public sealed record ExcludedManager(string Principal) : Reason;

    public sealed record NotPrimary(int DeviceIndex, int NetworkCardIndex) : Reason;

    /// <summary>Another account has it: a participant of a shared VPC.</summary>
    public sealed record OfAccount(string OwnerId) : Reason;

    /// <summary>An AWS service manages its instance.</summary>
    public sealed record ManagedBy(string Principal) : Reason;

    /// <summary>An AWS service made it for its own purpose.</summary>
    public sealed record RequestedBy(string RequesterId) : Reason;

    public sealed record NoInstance : Reason;
    public sealed record InState(InstanceState State) : Reason;
    public sealed record Unattached : Reason;
    public sealed record Detaching : Reason;
    public sealed record OfType(string InterfaceType) : Reason;
    public sealed record Ipv6Only : Reason;
    public sealed record UnsupportedType(string InstanceType, UnsupportedSource Why) : Reason;

    /// <summary>EC2 has refused another interface of this family, which no guide names.</summary>
    public sealed record RefusedFamily(string InstanceType) : Reason;

    public sealed record FilterMissing(Id<TrafficMirrorFilter> FilterId) : Reason;
    public sealed record FilterAcceptsNothing(Id<TrafficMirrorFilter> FilterId) : Reason;

    /// <summary>Nobody has tagged it, and a sensor's hosts might be among those that nobody has tagged.</summary>
    public sealed record HostsUndeclared(SensorName Sensor) : Reason;

    /// <summary>Nothing in Parameter Store, and no target's tag, makes a sensor of this name.</summary>
    public sealed record NoSuchSensor(SensorName Name, string Parameter) : Reason;

    /// <summary>The sensor's pool has no target that EC2 knows.</summary>
    public sealed record NoTargetLeft(SensorName Name, string Parameter, IReadOnlyList<Id<TrafficMirrorTarget>> Gone) : Reason;

    /// <summary>The sensor's target that was chosen, and out of how many.</summary>
    public sealed record Placed(SensorName Sensor, Id<TrafficMirrorTarget> TargetId, int Rank, int PoolSize, bool Kept) : Reason;

    /// <summary>Its session goes to a target in another VPC, since its own has none.</summary>
    public sealed record InAnotherVpc(Id<TrafficMirrorTarget> TargetId) : Reason;

    /// <summary>Nothing arrives at the target: the sensor is stopped or gone.</summary>
    public sealed record SensorIsOut(Id<TrafficMirrorTarget> TargetId, CaptureState State) : Reason;

    public sealed record AllTargetsFull(SensorName Sensor) : Reason;

    /// <summary>Its session should move to the sensor, every target of which is full.</summary>
    public sealed record NoRoomToMove(SensorName Sensor) : Reason;

    public sealed record NumberTaken(SessionNumber Wanted, SessionNumber Instead) : Reason;

    /// <summary>Its session has another number than the policy's; only a full sync, which sees who has that one, moves it.</summary>
    public sealed record NumberKept(SessionNumber Wanted, SessionNumber Kept) : Reason;

    public sealed record SessionsOnInterface(int Count) : Reason;
    public sealed record ShadowedBy(Id<TrafficMirrorSession> SessionId, Shadow How) : Reason;
    public sealed record Refused(Refusal Refusal) : Reason;

    /// <summary>EC2 does not take an interface that is still being attached; the <c>running</c> event leads to another look.</summary>
    public sealed record NotAttachedYet : Reason;

    /// <summary>A young event says otherwise than EC2.</summary>
    public sealed record Contradicted(Contradiction By) : Reason;

    public sealed record UnknownToEc2 : Reason;

    /// <summary>EC2 took the interface with it when its instance was terminated.</summary>
    public sealed record NoInterfaces : Reason;

    /// <summary>A session stays although the verdict would have it deleted or changed.</summary>
    public sealed record Withheld(WithheldBy By) : Reason;
}

/// <summary>What holds a planned change back.</summary>
internal enum WithheldBy
{
    DryRun,
    Mode,
    Limits,
    Gaps,
    BrokenPlan,
}

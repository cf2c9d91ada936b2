using System.Collections.Immutable;
using System.Diagnostics;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Events;

/// <summary>Where events lead under a policy. An event that leads nowhere says why.</summary>
internal sealed class ScopeRules(Policy policy, DeploymentSettings settings, Remembered remembered)
{
    /// <summary>How long after one full sync an event that names no interface waits for the next.</summary>
    /// <remarks>The first event is healed at once. A thousand sessions deleted by hand must not
    /// throttle everybody's describes with a thousand full syncs.</remarks>
    public static TimeSpan BetweenSharedSyncs { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Why nothing leads anywhere while AutoMirror is switched off.</summary>
    public const string SwitchedOff = "the policy's mode is \"off\"";

    private const string OwnCall = "AutoMirror made this call itself";

    // A full sync may not have seen what was done shortly before it (EC2 API, "Eventual consistency").
    private static readonly TimeSpan ConsistencyMargin = TimeSpan.FromSeconds(10);

    /// <summary>Whether it takes the policy to say where any of these events leads.</summary>
    public static bool DependOnPolicy(IEnumerable<MirrorEvent> events) =>
        events.Any(each => each is MirrorEvent.TagChange or MirrorEvent.Finding or MirrorEvent.Capture
            or MirrorEvent.InterfaceCreated);

    /// <summary>Whether it takes the sensors' hosts to say where any of these events leads.</summary>
    public static bool DependOnHosts(IEnumerable<MirrorEvent> events) =>
        events.Any(each => each is MirrorEvent.InstanceStateChange { State: not (InstanceState.Pending or InstanceState.Running) });

    public Scope Of(MirrorEvent mirrorEvent) => mirrorEvent switch
    {
        _ when policy.Mode == PolicyMode.Off => Nowhere(SwitchedOff),
        { Region: { } region } when region != settings.Region =>
            Nowhere($"the event is from {Words.Quote(region)}; this function manages {settings.Region}"),
        { Account: { } account } when settings.Account is { } own && account != own =>
            Nowhere($"the event is from the account {Words.Quote(account)}; this function manages {own}"),
        MirrorEvent.InstanceStateChange change when remembered.SensorHosts.TryGetValue(change.InstanceId, out var targets) =>
            OfHost(change, targets),
        MirrorEvent.InstanceStateChange { State: InstanceState.Stopping or InstanceState.ShuttingDown } change =>
            Nowhere($"{change.InstanceId} is stopping: its last packets stay mirrored"),
        MirrorEvent.InstanceStateChange change => Scope.Of(change.InstanceId),
        MirrorEvent.TagChange change => change.ChangedKeys.Any(key => policy.Counts(change.Level, key))
            ? change.Where
            : Nowhere("the tags that changed do not count"),
        MirrorEvent.InterfaceAttached attached =>
            new Scope.Part { Instances = [attached.InstanceId], NetworkInterfaces = [attached.NetworkInterfaceId] },
        MirrorEvent.InterfaceCreated created when policy.StandaloneInterfaces =>
            new Scope.Part { NetworkInterfaces = [created.NetworkInterfaceId] },
        MirrorEvent.InterfaceCreated => Nowhere("a new interface can be a source only once it is attached to an instance"),
        MirrorEvent.SessionModified { CallerArn: { } caller } when settings.IsOwnCall(caller) => Nowhere(OwnCall),
        MirrorEvent.SessionDeleted { CallerArn: { } caller } when settings.IsOwnCall(caller) => Nowhere(OwnCall),
        MirrorEvent.SessionModified modified => new Scope.Part { Sessions = [modified.SessionId] },
        MirrorEvent.SessionDeleted or MirrorEvent.InterfaceDetached => FullSyncUnlessDone(mirrorEvent.Time),
        MirrorEvent.ParameterChange change =>
            settings.IsOwnParameter(change.Name) ? new Scope.Everything() : Nowhere($"the parameter is not under {settings.Prefix}"),
        MirrorEvent.Scheduled => new Scope.Everything(),
        MirrorEvent.Finding finding => Of(finding),
        MirrorEvent.Capture when policy.Capture is null => Nowhere("the policy has no capture rule"),
        MirrorEvent.Capture capture => capture.Where,
        MirrorEvent.ManualRequest manual => manual.Where,
        MirrorEvent.Continuation continuation => continuation.Where,
        MirrorEvent.Ignored ignored => Nowhere(ignored.Reason),
        _ => throw new UnreachableException(),
    };

    // A sensor that goes hands its sources over. One that comes may take those that wait, wherever they are.
    private Scope OfHost(MirrorEvent.InstanceStateChange change, ImmutableSortedSet<Id<TrafficMirrorTarget>> targets) => change.State switch
    {
        InstanceState.Running => FullSyncUnlessDone(change.Time),
        InstanceState.Pending => Scope.Of(change.InstanceId),
        _ => new Scope.Part { Instances = [change.InstanceId], Targets = targets },
    };

    private static Scope.Nothing Nowhere(string reason) => new(reason);

    // CloudTrail does not name the interface, so it takes a full sync; one that began after the event has covered it.
    private Scope FullSyncUnlessDone(DateTimeOffset? happenedAt) =>
        happenedAt < remembered.LastFullSyncAt - ConsistencyMargin ? Nowhere("a later full sync has covered it")
        : remembered.EarliestSharedSync is { } at ? new Scope.Later(at)
        : new Scope.Everything();

    private Scope Of(MirrorEvent.Finding finding) => policy.GuardDuty switch
    {
        null => Nowhere("the policy has no guardDuty rule"),
        { Severity: var least } when finding.Severity < least => Nowhere("the finding is less severe than the policy's guardDuty.severity"),
        _ => new Scope.Part { Instances = [.. finding.Instances] },
    };
}

using System.Diagnostics;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Events;

/// <summary>Where events lead to, under a policy. An event that leads nowhere says why.</summary>
/// <param name="policy">What counts.</param>
/// <param name="setting">What the deployment is set to.</param>
/// <param name="lastSweepAt">When the last look at everything began in this process; null when there was none.</param>
public sealed class ScopeRules(Policy policy, ScopeSetting setting, DateTimeOffset? lastSweepAt)
{
    // What was done shortly before a sweep may not have been visible to it yet (EC2 API, "Eventual consistency").
    private static readonly TimeSpan ConsistencyMargin = TimeSpan.FromSeconds(10);

    /// <summary>The scope of all events of a request together.</summary>
    public Scope Of(MirrorRequest request) => request.Events
        .Where(each => request.DryRun || each is not MirrorEvent.ManualResync { DryRun: true })
        .Select(Of).Aggregate<Scope, Scope>(new Scope.Nothing("there is no event"), (all, each) => all.Union(each));

    /// <summary>The scope of one event.</summary>
    public Scope Of(MirrorEvent mirrorEvent) => mirrorEvent switch
    {
        { Region: { } region } when region != setting.Region => Nothing($"it tells of {ConfigurationError.Quote(region)}, and this function looks after {setting.Region}"),
        MirrorEvent.InstanceStateChange { State: InstanceState.Stopping or InstanceState.ShuttingDown } change =>
            Nothing($"{change.InstanceId} is only on its way out: its last packets are still mirrored"),
        MirrorEvent.InstanceStateChange change => Scope.Of(change.InstanceId),
        MirrorEvent.TagChange change => Counts(change) ? change.Where : Nothing("the tags that were changed do not count"),
        MirrorEvent.InterfaceAttached attached => new Scope.Part { Instances = [attached.InstanceId], NetworkInterfaces = [attached.NetworkInterfaceId] },
        MirrorEvent.InterfaceCreated created when policy.StandaloneInterfaces => new Scope.Part { NetworkInterfaces = [created.NetworkInterfaceId] },
        MirrorEvent.InterfaceCreated => Nothing("a new interface is a source only once it is attached to an instance"),
        MirrorEvent.SessionModified { CallerArn: { } caller } when setting.IsOwn(caller) => Nothing("AutoMirror's own call"),
        MirrorEvent.SessionDeleted { CallerArn: { } caller } when setting.IsOwn(caller) => Nothing("AutoMirror's own call"),
        MirrorEvent.SessionModified modified => new Scope.Part { Sessions = [modified.SessionId] },
        MirrorEvent.SessionDeleted or MirrorEvent.InterfaceDetached => Sweep(mirrorEvent),
        MirrorEvent.ParameterChange change => setting.IsOwnParameter(change.Name) ? new Scope.Everything() : Nothing($"the parameter is not under {setting.Prefix}"),
        MirrorEvent.Scheduled => new Scope.Everything(),
        MirrorEvent.Finding finding => Of(finding),
        MirrorEvent.ManualResync manual => manual.Where,
        MirrorEvent.Continuation continuation => continuation.Where,
        MirrorEvent.Ignored ignored => Nothing(ignored.Reason),
        MirrorEvent.Batch or MirrorEvent.Malformed => throw new InvalidOperationException("Batches are taken apart, and malformed events refused, before scopes are asked for."),
        _ => throw new UnreachableException(),
    };

    private static Scope.Nothing Nothing(string reason) => new(reason);

    // The interface is not told, so everything has to be looked at. What bounds it: a sweep that began later has seen it all.
    private Scope Sweep(MirrorEvent mirrorEvent) =>
        mirrorEvent.Time + ConsistencyMargin < lastSweepAt ? Nothing("a look at everything that began later has covered it") : new Scope.Everything();

    private bool Counts(MirrorEvent.TagChange change)
    {
        var isRead = policy.TagLevels.Contains(change.Level) || (change.Level == TagLevel.Interface && policy.StandaloneInterfaces);
        var isExcluding = change.Level == TagLevel.Instance || isRead;
        return change.ChangedKeys.Any(key => (isRead && key == policy.TagKey) || (isExcluding && policy.Exclude.Tags.ContainsKey(key)))
            || (policy.Exclude.KubernetesNodes && change.Level == TagLevel.Instance
                && ManagedNodes.KeyThatShows(new Tags(change.ChangedKeys.Select(key => KeyValuePair.Create(key, "")))) is not null);
    }

    private Scope Of(MirrorEvent.Finding finding) => policy.GuardDuty switch
    {
        null => Nothing("the policy has no guardDuty rule"),
        { Severity: var least } when finding.Severity < least => Nothing("the finding is less severe than the policy's guardDuty.severity"),
        _ => Scope.Of(finding.InstanceId),
    };
}

/// <summary>What of the deployment decides where events lead to.</summary>
/// <param name="Region">The Region that the function looks after.</param>
/// <param name="Prefix">Where its configuration is.</param>
/// <param name="RoleName">The name of the function's role; null when it is not told, and own calls can't be known.</param>
/// <param name="FunctionName">The function's name, which is the name of its role's sessions.</param>
public sealed record ScopeSetting(string Region, string Prefix, string? RoleName = null, string? FunctionName = null)
{
    /// <summary>Whether a caller is this function: its role, in a session with the function's name. Another session of the role is somebody else.</summary>
    public bool IsOwn(string callerArn) =>
        RoleName is not null && FunctionName is not null && callerArn.Split(':') is [_, _, "sts", _, _, var resource]
        && resource == $"assumed-role/{RoleName}/{FunctionName}";

    /// <summary>Whether a parameter is part of this deployment's configuration.</summary>
    public bool IsOwnParameter(string name) => name.StartsWith($"{Prefix}/", StringComparison.Ordinal);
}

using AutoMirror.Core.Applying;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>A session that was created, modified or deleted, or would be: an entry of the report, and the auditor's log line.</summary>
/// <param name="TrafficMirrorSessionId">The session; null while it is only planned.</param>
/// <param name="InstanceId">The instance that has the source; null when none has.</param>
/// <param name="VirtualNetworkId">The VXLAN network identifier, where it is known.</param>
/// <param name="Changed">The fields that a modification changes.</param>
internal sealed record ChangedSession(
    string? TrafficMirrorSessionId,
    string NetworkInterfaceId,
    string? InstanceId,
    string? Sensor,
    string TrafficMirrorTargetId,
    string TrafficMirrorFilterId,
    int SessionNumber,
    int? VirtualNetworkId,
    IReadOnlyList<string>? Changed)
{
    /// <summary>The session of a change that was planned or carried out; null where neither is so.</summary>
    public static ChangedSession? Of(AppliedChange applied) => applied switch
    {
        { Outcome: Outcome.Planned } => Of(applied.Change, made: null),
        { Outcome: Outcome.Done { Session: var session } } => Of(applied.Change, session),
        _ => null,
    };

    private static ChangedSession? Of(Change change, TrafficMirrorSession? made) => change switch
    {
        Change.Create { Settings: var settings } => Of(settings, made?.Id, made?.VirtualNetworkId, null),
        Change.Modify modify => Of(
            modify.Settings,
            modify.Session.Id,
            modify.Difference.VirtualNetworkId ?? modify.Session.VirtualNetworkId,
            modify.Difference.ChangedFields),
        Change.Delete { Session: var session } => new(
            session.Id.Value, session.NetworkInterfaceId.Value, session.Tags[Ownership.InstanceIdKey], session.Sensor?.Value,
            session.TargetId.Value, session.FilterId.Value, session.SessionNumber.Value, session.VirtualNetworkId?.Value, null),
        _ => null,
    };

    private static ChangedSession Of(
        SessionSettings settings, Id<TrafficMirrorSession>? id, VirtualNetworkId? virtualNetworkId, IReadOnlyList<string>? changed) => new(
        id?.Value, settings.NetworkInterfaceId.Value, settings.InstanceId?.Value, settings.Sensor.Value, settings.TargetId.Value,
        settings.FilterId.Value, settings.SessionNumber.Value, virtualNetworkId?.Value, changed);
}

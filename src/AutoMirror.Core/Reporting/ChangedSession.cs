using AutoMirror.Core.Applying;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>A session that was created, modified or deleted (or, in a plan only, would be), for the report and for the auditor's log line.</summary>
/// <param name="TrafficMirrorSessionId">The session; null while it is only planned.</param>
/// <param name="NetworkInterfaceId">Its source.</param>
/// <param name="InstanceId">The instance that has the source; null when none has.</param>
/// <param name="Sensor">The sensor that gets the packets.</param>
/// <param name="TrafficMirrorTargetId">The sensor's target.</param>
/// <param name="TrafficMirrorFilterId">The filter.</param>
/// <param name="SessionNumber">The session's number.</param>
/// <param name="VirtualNetworkId">The VXLAN network identifier, where it is known.</param>
/// <param name="Changed">The fields that a modification changed.</param>
public sealed record ChangedSession(
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
    /// <summary>The words for what became of it.</summary>
    public const string Created = "created", Modified = "modified", Deleted = "deleted";

    /// <summary>What an outcome did to a session; null when it did nothing.</summary>
    internal static (string Change, ChangedSession Session)? Of(Outcome outcome) => outcome switch
    {
        Outcome.WouldCreate { Settings: var wanted } => (Created, Of(null, wanted, null, null)),
        Outcome.Created created => (Created, Of(created.Session.Id.Value, created.Settings, created.Session.VirtualNetworkId, null)),
        Outcome.Modified modified => (Modified, Of(
            modified.Session.Id.Value, modified.Settings, modified.Difference.VirtualNetworkId ?? modified.Session.VirtualNetworkId, modified.Difference.ChangedFields)),
        Outcome.Deleted { Session: var session } => (Deleted, new(
            session.Id.Value, session.NetworkInterfaceId.Value, session.Tags[Ownership.InstanceIdKey], session.Tags[Ownership.SensorKey],
            session.TargetId.Value, session.FilterId.Value, session.SessionNumber.Value, session.VirtualNetworkId?.Value, null)),
        _ => null,
    };

    private static ChangedSession Of(string? id, SessionSettings settings, VirtualNetworkId? virtualNetworkId, IReadOnlyList<string>? changed) => new(
        id, settings.NetworkInterfaceId.Value, settings.InstanceId?.Value, settings.Sensor.Value, settings.TargetId.Value, settings.FilterId.Value,
        settings.SessionNumber.Value, virtualNetworkId?.Value, changed);
}

namespace AutoMirror.Core.Model;

/// <summary>Which sessions are a deployment's own: only such sessions are ever modified or deleted.</summary>
/// <remarks>
/// Whoever may tag sessions could put the owner tag on somebody else's. So the tag alone does not make a session ours: it must also have
/// a description that AutoMirror writes, or a filter and a target that the configuration names. Changing these takes the permission to
/// modify sessions, and who has that does not need AutoMirror to delete one.
/// </remarks>
/// <param name="Filters">The filters that the configuration names.</param>
/// <param name="Targets">The targets that the configuration names.</param>
internal sealed record SessionOwner(
    Deployment Deployment, IReadOnlySet<Id<TrafficMirrorFilter>> Filters, IReadOnlySet<Id<TrafficMirrorTarget>> Targets)
{
    public bool Owns(TrafficMirrorSession session) => Deployment.Claims(session)
        && (Deployment.Describes(session) || (Filters.Contains(session.FilterId) && Targets.Contains(session.TargetId)));
}

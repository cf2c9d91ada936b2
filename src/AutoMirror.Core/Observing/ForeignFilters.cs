using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Observing;

/// <summary>Reads the filters that shadowing needs, only when a foreign session has a
/// lower number than the one that ours has or would take.</summary>
internal static class ForeignFilters
{
    private static readonly IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> None =
        new Dictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter>();

    public static async Task<IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter>> ReadAsync(
        IEc2 ec2,
        SessionOwner owner,
        Configuration configuration,
        IReadOnlyList<TrafficMirrorSession> sessions,
        CancellationToken cancellationToken)
    {
        var inTheWay = sessions.GroupBy(session => session.NetworkInterfaceId)
            .SelectMany(group => InTheWay([.. group], owner, HighestNumberOf(configuration.Policy)))
            .Select(session => session.FilterId).ToHashSet();
        if (inTheWay.Count == 0)
            return None;

        inTheWay.UnionWith(configuration.Parameters.Filters);
        return (await ec2.DescribeFiltersAsync([.. inTheWay.Order()], cancellationToken)).TryGet(out var filters, out _)
            ? filters.ToDictionary(filter => filter.Id)
            : None;
    }

    // Which sensor an interface goes to is decided later: no sensor's sessions have a higher number than this.
    private static SessionNumber HighestNumberOf(Policy policy) =>
        policy.Sensors.Values.Select(profile => profile.SessionNumber).OfType<SessionNumber>().Append(policy.SessionNumber).Max();

    /// <summary>The foreign sessions on one interface that come before an owned one,
    /// or before the number that a new one would take.</summary>
    private static IEnumerable<TrafficMirrorSession> InTheWay(
        List<TrafficMirrorSession> sessions, SessionOwner owner, SessionNumber wanted)
    {
        var foreign = sessions.FindAll(session => !owner.Owns(session));
        var highest = sessions.FindAll(owner.Owns).ConvertAll(session => session.SessionNumber)
            .Append(SessionNumber.FirstFree(wanted, [.. foreign.Select(session => session.SessionNumber)])).Max();
        return foreign.Where(session => session.SessionNumber.CompareTo(highest) <= 0);
    }
}

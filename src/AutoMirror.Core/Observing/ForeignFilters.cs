using AutoMirror.Core.Model;
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
        Deployment deployment,
        Configuration configuration,
        IReadOnlyList<TrafficMirrorSession> sessions,
        CancellationToken cancellationToken)
    {
        var inTheWay = sessions.GroupBy(session => session.NetworkInterfaceId)
            .SelectMany(group => InTheWay([.. group], deployment, configuration.Policy.SessionNumber))
            .Select(session => session.FilterId).ToHashSet();
        if (inTheWay.Count == 0)
            return None;

        inTheWay.Add(configuration.Parameters.FilterId);
        return (await ec2.DescribeFiltersAsync([.. inTheWay.Order()], cancellationToken)).TryGet(out var filters, out _)
            ? filters.ToDictionary(filter => filter.Id)
            : None;
    }

    /// <summary>The foreign sessions on one interface that come before an owned one,
    /// or before the number that a new one would take.</summary>
    private static IEnumerable<TrafficMirrorSession> InTheWay(
        List<TrafficMirrorSession> sessions, Deployment deployment, SessionNumber wanted)
    {
        var foreign = sessions.FindAll(session => !deployment.Owns(session));
        var highest = sessions.FindAll(deployment.Owns).ConvertAll(session => session.SessionNumber)
            .Append(SessionNumber.FirstFree(wanted, [.. foreign.Select(session => session.SessionNumber)])).Max();
        return foreign.Where(session => session.SessionNumber.CompareTo(highest) <= 0);
    }
}

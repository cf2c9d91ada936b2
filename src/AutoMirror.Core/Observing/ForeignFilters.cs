using AutoMirror.Core.Applying;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Observing;

/// <summary>Reads the filters that tell how much foreign sessions take of ours: only where a foreign session has a number below ours, or ours to be.</summary>
internal static class ForeignFilters
{
    private static readonly IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> None = new Dictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter>();

    public static async Task<IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter>> ReadAsync(
        IEc2 ec2, Deployment deployment, Setup setup, IReadOnlyList<TrafficMirrorSession> sessions, CancellationToken cancellationToken)
    {
        var owned = sessions.Where(deployment.Owns).ToLookup(session => session.NetworkInterfaceId, session => session.SessionNumber);
        var foreign = sessions.Where(session => !deployment.Owns(session)).ToLookup(session => session.NetworkInterfaceId, session => session.SessionNumber);
        var inTheWay = sessions
            .Where(session => !deployment.Owns(session))
            .Where(session => owned[session.NetworkInterfaceId].Append(SessionNumbers.Choose(setup.Policy.SessionNumber, [.. foreign[session.NetworkInterfaceId]])).Any(number => session.SessionNumber.CompareTo(number) <= 0))
            .Select(session => session.FilterId)
            .ToHashSet();
        if (inTheWay.Count == 0)
            return None;

        inTheWay.Add(setup.Configuration.FilterId);
        return await ec2.DescribeFiltersAsync([.. inTheWay.Order()], cancellationToken) is Answer<IReadOnlyList<TrafficMirrorFilter>>.Given { Value: var filters }
            ? filters.ToDictionary(filter => filter.Id)
            : None;
    }
}

using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>Whether lower-numbered foreign sessions take the packets of an owned one: a
/// packet goes to the lowest session whose filter accepts it.</summary>
internal sealed class Shadowing(Inventory inventory)
{
    private readonly Dictionary<Id<TrafficMirrorFilter>, PacketSet?> _accepted = [];

    /// <summary>How much is taken, and by which session first; null where foreign sessions were not looked at and may be there.</summary>
    public (Shadow? How, Id<TrafficMirrorSession>? By) Of(SessionSettings settings, IReadOnlyList<TrafficMirrorSession> foreign)
    {
        var lower = foreign.Where(session => session.SessionNumber.CompareTo(settings.SessionNumber) < 0).ToList();
        if (lower is [])
        {
            // Below number 1 there is nothing.
            var isKnown = settings.SessionNumber == SessionNumber.First || inventory.SessionCoverage.Covers(settings.NetworkInterfaceId);
            return (isKnown ? Shadow.None : null, null);
        }

        // A filter that cannot be read (another account's) may take anything.
        if (Accepted(settings.FilterId) is not { } ours)
            return (Shadow.Partly, lower[0].Id);

        var left = ours;
        Id<TrafficMirrorSession>? first = null;
        foreach (var session in lower)
        {
            var theirs = Accepted(session.FilterId);
            if (theirs is null || left.Overlaps(theirs))
                first ??= session.Id;
            if (theirs is not null)
                left = left.Except(theirs);
        }

        return (first is null ? Shadow.None : left.IsEmpty ? Shadow.Fully : Shadow.Partly, first);
    }

    private PacketSet? Accepted(Id<TrafficMirrorFilter> id)
    {
        if (!_accepted.TryGetValue(id, out var set))
        {
            _accepted[id] = set = inventory.Filters.TryGetValue(id, out var filter) && filter.IsUnderstood
                ? PacketSet.AcceptedBy(filter)
                : null;
        }

        return set;
    }
}

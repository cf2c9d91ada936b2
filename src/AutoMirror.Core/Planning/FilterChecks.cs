using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>Whether sessions with a filter can see anything.</summary>
internal sealed class FilterChecks(Equipment equipment)
{
    private readonly Dictionary<Id<TrafficMirrorFilter>, Reason?> _reasons = [];

    /// <summary>Why a filter is of no use; null when it is, or when nobody knows.</summary>
    public Reason? WhyUseless(Id<TrafficMirrorFilter> id)
    {
        if (!_reasons.TryGetValue(id, out var why))
            _reasons[id] = why = Check(id);
        return why;
    }

    /// <summary>One problem for each of some filters that is of no use.</summary>
    public IEnumerable<Problem> Problems(
        IEnumerable<Id<TrafficMirrorFilter>> filters, string parameter, IReadOnlyCollection<InterfaceVerdict> verdicts) => filters
        .Where(id => WhyUseless(id) is not null).Select(id => new Problem(
            ProblemKind.FilterUnusable,
            WhyUseless(id) is Reason.FilterMissing
                ? $"The mirror filter {id} does not exist in EC2, so no session is made with it: correct {parameter}, or the policy's "
                    + $"sensors."
                : $"The mirror filter {id} accepts no packet, so no session is made with it: give it rules that accept, or correct "
                    + $"{parameter}, or the policy's sensors.")
            .About(verdicts.Where(verdict => verdict.Because.Contains(WhyUseless(id)!)).Select(verdict => verdict.NetworkInterfaceId)));

    private Reason? Check(Id<TrafficMirrorFilter> id) =>
        equipment.Filters is null ? null
        : !equipment.Filters.TryGetValue(id, out var filter) ? new Reason.FilterMissing(id)
        : filter.IsUnderstood && PacketSet.AcceptedBy(filter).IsEmpty ? new Reason.FilterAcceptsNothing(id)
        : null;
}

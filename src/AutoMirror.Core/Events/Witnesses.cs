using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>Which events are witnesses: so young that EC2's answers may lag behind them.</summary>
/// <remarks>
/// EC2 is eventually consistent (EC2 API, "Eventual consistency"): for some seconds a describe may not show what an event already says. An
/// event is still no order. But where a young one contradicts a read, the read is not believed: EC2 is asked again. Older events, and those
/// with a time in the future, are no witnesses, so that late or wrong events make no work.
/// </remarks>
internal static class Witnesses
{
    /// <summary>How long after its time an event is a witness.</summary>
    /// <remarks>Lambda repeats a failed invocation after one minute and after two more: by then a contradiction that was
    /// no lag has ended, and the read is believed.</remarks>
    public static TimeSpan Youth { get; } = TimeSpan.FromMinutes(2);

    /// <summary>The witnesses among a request's events at the time of a read. Of several about one thing only the latest count;
    /// where two have one time, either may be true.</summary>
    public static IReadOnlyList<IReadOnlyList<MirrorEvent>> Of(Request request, DateTimeOffset readAt) =>
    [
        .. request.Events.Where(each => IsHeard(each) && IsYoung(each.Event, readAt)).Select(each => each.Event)
            .GroupBy(Subject).Select(Latest),
    ];

    private static bool IsYoung(MirrorEvent each, DateTimeOffset readAt) =>
        each.Time is { } time && time <= readAt && readAt - time < Youth;

    // An instance that is stopping leads nowhere, and yet ends what an earlier event said.
    private static bool IsHeard(ScopedEvent each) => each switch
    {
        { Event: MirrorEvent.InstanceStateChange { State: InstanceState.Stopping or InstanceState.ShuttingDown } } => true,
        { Scope: Scope.Nothing } => false,
        _ =>
            each.Event is MirrorEvent.InstanceStateChange or MirrorEvent.TagChange or MirrorEvent.InterfaceAttached
                or MirrorEvent.InterfaceCreated
            or MirrorEvent.SessionDeleted,
    };

    private static (Type Kind, string Id) Subject(MirrorEvent each) => (each.GetType(), each switch
    {
        MirrorEvent.InstanceStateChange change => change.InstanceId.Value,
        MirrorEvent.TagChange { Where: var where } => string.Join(' ', Ids(where)),
        MirrorEvent.InterfaceAttached attached => attached.NetworkInterfaceId.Value,
        MirrorEvent.InterfaceCreated created => created.NetworkInterfaceId.Value,
        MirrorEvent.SessionDeleted deleted => deleted.SessionId.Value,
        _ => "",
    });

    private static IEnumerable<string> Ids(Scope.Part part) =>
        part.Instances.Select(id => id.Value).Concat(part.NetworkInterfaces.Select(id => id.Value))
            .Concat(part.Subnets.Select(id => id.Value)).Concat(part.Vpcs.Select(id => id.Value));

    // Times have whole seconds: of two states in one second neither is known to be the later.
    private static List<MirrorEvent> Latest(IEnumerable<MirrorEvent> events)
    {
        static (DateTimeOffset, long) Order(MirrorEvent each) => (each.Time!.Value, (each as MirrorEvent.TagChange)?.Version ?? 0);
        var last = events.Max(Order);
        return [.. events.Where(each => Order(each) == last).Distinct()];
    }
}

using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Cli.Coverage;

/// <summary>What the deployment's sessions cost a month, and what of that is waste.</summary>
/// <param name="Sessions">The sessions that the deployment owns.</param>
/// <param name="Foreign">Everybody else's, which are not reckoned.</param>
/// <param name="Price">The unit price, with its Region, date and source.</param>
internal sealed record SessionCost(
    int Sessions, int Foreign, decimal Monthly, decimal MonthlyWaste, SessionPrice Price, IReadOnlyList<Waste> Waste)
{
    public static SessionCost Of(Look look)
    {
        var (situation, price) = (look.Situation, SessionPrice.In(look.Source.Settings.Region));
        var owned = situation.Inventory.Sessions.Where(situation.Owner.Owns).ToList();
        var waste = Coverage.Waste.In(owned, situation.Inventory, situation.Equipment);
        return new SessionCost(
            owned.Count, situation.Inventory.Sessions.Count - owned.Count, price.AMonth(owned.Count), price.AMonth(waste.Count),
            price, waste);
    }
}

/// <summary>A session that costs and mirrors nothing.</summary>
internal sealed record Waste(string TrafficMirrorSessionId, string NetworkInterfaceId, string Why)
{
    /// <summary>A session is billed from its making to its deletion, whatever its source does.</summary>
    public static IReadOnlyList<Waste> In(IReadOnlyList<TrafficMirrorSession> sessions, Inventory inventory, Equipment equipment)
    {
        var attached = (
            from instance in inventory.Instances
            from each in instance.NetworkInterfaces
            select (each.Id, Instance: instance)).DistinctBy(pair => pair.Id).ToDictionary(pair => pair.Id, pair => pair.Instance);
        var standalone = inventory.StandaloneInterfaces.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        return
        [
            .. from session in sessions
               let why = WhyOf(
                   attached.GetValueOrDefault(session.NetworkInterfaceId), standalone.GetValueOrDefault(session.NetworkInterfaceId),
                   equipment.Of(session.TargetId).State)
               where why is not null
               select new Waste(session.Id.Value, session.NetworkInterfaceId.Value, why),
        ];
    }

    private static string? WhyOf(Instance? instance, NetworkInterface? standalone, CaptureState sensor) => (instance, standalone) switch
    {
        ({ State: InstanceState.Stopped or InstanceState.Terminated } host, _) =>
            $"{host.Id} is {Ec2Words.InstanceStates.WordFor(host.State)}",
        ({ } host, _) when SourceSupport.BuiltIn.WhyNot(host.InstanceType) is not null => $"{host.InstanceType} can't be mirrored",
        (null, { Attachment: null }) => "the interface is attached to nothing",
        _ when sensor is CaptureState.Gone or CaptureState.Stopped => "nothing arrives at the sensor",
        _ => null,
    };
}

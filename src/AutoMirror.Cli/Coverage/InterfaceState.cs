using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Coverage;

/// <summary>How it is with one interface now.</summary>
/// <param name="State">One of the words of this type.</param>
/// <param name="Verdict">The planner's verdict: what holds once a sync has run.</param>
/// <param name="Counts">Whether a sensor should see it.</param>
internal sealed record InterfaceState(
    string? NetworkInterfaceId, string? InstanceId, string? InstanceType, string? VpcId, string? Zone, string? Sensor, string State,
    string Verdict, bool Counts, string Because)
{
    /// <summary>A sensor sees its packets.</summary>
    public const string Mirrored = "mirrored";

    /// <summary>A sync would make its session.</summary>
    public const string Pending = "pending";

    /// <summary>It should be mirrored, and something is in the way that a person has to mend.</summary>
    public const string Hindered = "hindered";

    /// <summary>It should be mirrored, and EC2 can't.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>Every interface of a look, by id.</summary>
    public static IReadOnlyList<InterfaceState> AllOf(Look look)
    {
        var inventory = look.Situation.Inventory;
        var owned = inventory.Sessions.Where(look.Situation.Owner.Owns).Select(session => session.NetworkInterfaceId).ToHashSet();
        var holders = inventory.Instances.ToDictionary(instance => instance.Id);
        var interfaces = inventory.Instances.SelectMany(instance => instance.NetworkInterfaces).Concat(inventory.StandaloneInterfaces)
            .DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        var waiting = VerdictProblems.CountWaiting(look.Plan.Verdicts);
        return
        [
            .. from verdict in look.Plan.Verdicts
               let its = verdict.NetworkInterfaceId is { } id ? interfaces.GetValueOrDefault(id) : null
               let state = StateOf(verdict, owned)
               select new InterfaceState(
                   verdict.NetworkInterfaceId?.Value, verdict.InstanceId?.Value,
                   verdict.InstanceId is { } holder ? holders.GetValueOrDefault(holder)?.InstanceType : null,
                   its?.VpcId?.Value, its?.AvailabilityZone, SensorOf(verdict.Verdict), state, verdict.Verdict.Name,
                   state is Mirrored or Pending or Hindered or Unsupported, ReasonText.Of(verdict.Because, waiting)),
        ];
    }

    private static string StateOf(InterfaceVerdict verdict, HashSet<Id<NetworkInterface>> owned) => verdict switch
    {
        { Verdict: Core.Planning.Verdict.Mirrored } when !owned.Contains(verdict.NetworkInterfaceId!.Value) => Pending,
        { IsSeen: true } => Mirrored,
        { Verdict: Core.Planning.Verdict.Unsupported } => Unsupported,
        { IsUnseen: true } => Hindered,
        _ => verdict.Verdict.Name,
    };

    private static string? SensorOf(Verdict verdict) => verdict switch
    {
        Core.Planning.Verdict.Mirrored mirrored => mirrored.Settings.Sensor.Value,
        Core.Planning.Verdict.UnknownSensor unknown => unknown.Wanted.Value,
        Core.Planning.Verdict.CapacityExhausted full => full.Wanted.Value,
        _ => null,
    };
}

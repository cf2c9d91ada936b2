using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Coverage;

/// <summary>A mirror target, and how full it is.</summary>
/// <param name="Destination">The interface, load balancer or endpoint that it delivers to.</param>
/// <param name="State">Whether copies can arrive: <c>living</c>, <c>stopped</c>, <c>missing</c>, <c>gone</c> or <c>unknown</c>.</param>
/// <param name="Sources">How many interfaces are mirrored to it, by whomever.</param>
/// <param name="Capacity">How many it takes; null where there is no limit, or none that is known.</param>
internal sealed record TargetLoad(
    string TargetId, IReadOnlyList<string> Sensors, string Destination, string State, string? Zone, string? HostId, int Sources,
    int? Capacity)
{
    /// <summary>The targets of all sensors, by id.</summary>
    public static IReadOnlyList<TargetLoad> AllOf(Look look)
    {
        var sources = look.Situation.Inventory.Sessions.GroupBy(session => session.TargetId)
            .ToDictionary(group => group.Key, group => group.Select(session => session.NetworkInterfaceId).Distinct().Count());
        return
        [
            .. from target in look.Situation.Configuration.UsedTargets
               let point = look.Situation.Equipment.Of(target.Id)
               select new TargetLoad(
                   target.Id.Value, [.. look.Situation.Configuration.SensorsOf(target).Select(sensor => sensor.Value)],
                   DestinationOf(target), point.State.ToString().ToLowerInvariant(), point.AvailabilityZone, point.InstanceId?.Value,
                   sources.GetValueOrDefault(target.Id), TargetCapacity.Of(target.Destination, point.InstanceType)),
        ];
    }

    public static string DestinationOf(TrafficMirrorTarget target) => target.Destination switch
    {
        TargetDestination.CaptureInterface capture => capture.Id.Value,
        TargetDestination.NetworkLoadBalancer balancer => balancer.Arn,
        TargetDestination.GatewayLoadBalancerEndpoint endpoint => endpoint.Id.Value,
        _ => "unknown",
    };
}

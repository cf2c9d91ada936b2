using AutoMirror.Core.Model;

namespace AutoMirror.Core.Ports;

/// <summary>Which resources a describe asks for: all of the account in this Region, or
/// those that one of EC2's documented filters finds.</summary>
/// <remarks>A filter, never a list of ids: one id that EC2 does not know would fail the whole call.</remarks>
/// <typeparam name="T">The kind of resource.</typeparam>
/// <param name="Filter">The filter's name (EC2 API reference, the describe's Filters); null for all.</param>
/// <param name="Values">The values, any number.</param>
internal sealed record Query<T>(string? Filter, IReadOnlyCollection<string> Values);

/// <summary>The queries that AutoMirror makes.</summary>
internal static class Query
{
    public static Query<T> All<T>() => new(null, []);
    public static Query<Instance> Of(IReadOnlyCollection<Id<Instance>> ids) => By<Instance, Instance>("instance-id", ids);
    public static Query<NetworkInterface> Of(IReadOnlyCollection<Id<NetworkInterface>> ids) =>
        By<NetworkInterface, NetworkInterface>("network-interface-id", ids);
    public static Query<TrafficMirrorSession> Of(IReadOnlyCollection<Id<TrafficMirrorSession>> ids) =>
        By<TrafficMirrorSession, TrafficMirrorSession>("traffic-mirror-session-id", ids);
    public static Query<Instance> InstancesWith(IReadOnlyCollection<Id<NetworkInterface>> interfaces) =>
        By<Instance, NetworkInterface>("network-interface.network-interface-id", interfaces);
    public static Query<Instance> InstancesIn(IReadOnlyCollection<Id<Vpc>> vpcs) => By<Instance, Vpc>("network-interface.vpc-id", vpcs);
    public static Query<Instance> InstancesIn(IReadOnlyCollection<Id<Subnet>> subnets) =>
        By<Instance, Subnet>("network-interface.subnet-id", subnets);
    public static Query<NetworkInterface> InterfacesIn(IReadOnlyCollection<Id<Vpc>> vpcs) => By<NetworkInterface, Vpc>("vpc-id", vpcs);
    public static Query<NetworkInterface> InterfacesIn(IReadOnlyCollection<Id<Subnet>> subnets) =>
        By<NetworkInterface, Subnet>("subnet-id", subnets);
    public static Query<NetworkInterface> InterfacesOf(IReadOnlyCollection<Id<Instance>> instances) =>
        By<NetworkInterface, Instance>("attachment.instance-id", instances);
    public static Query<TrafficMirrorSession> SessionsOn(IReadOnlyCollection<Id<NetworkInterface>> interfaces) =>
        By<TrafficMirrorSession, NetworkInterface>("network-interface-id", interfaces);
    public static Query<TrafficMirrorSession> SessionsTo(IReadOnlyCollection<Id<TrafficMirrorTarget>> targets) =>
        By<TrafficMirrorSession, TrafficMirrorTarget>("traffic-mirror-target-id", targets);
    public static Query<TrafficMirrorSession> SessionsDescribed(IReadOnlyCollection<string> descriptions) =>
        new("description", descriptions);

    private static Query<T> By<T, TId>(string filter, IReadOnlyCollection<Id<TId>> ids)
        where TId : IEc2Resource => new(filter, [.. ids.Select(id => id.Value)]);
}

using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Naming;

/// <summary>Who is behind a VNI and an outer source address: what a sensor can't know by itself.</summary>
/// <param name="Vni">The VXLAN network identifier of the session.</param>
/// <param name="SourceAddress">The outer source address of the copies: the interface's primary private address; null where the interface
/// could not be seen.</param>
/// <param name="Name">The interface's own tag Name, or its instance's.</param>
/// <param name="Sensor">The sensor, where the session's tag says so; others' sessions have none.</param>
/// <param name="Since">Since when the interface is attached, and so since when these copies can be its: EC2 tells of no session when it was
/// made.</param>
internal sealed record VniEntry(
    int Vni, string? SourceAddress, string NetworkInterfaceId, string? InstanceId, string? Name, string? VpcId, string? SubnetId,
    string? Account, string? Sensor, string TargetId, string TrafficMirrorSessionId, DateTime? Since)
{
    /// <summary>Every session that has a VNI, by VNI, then address.</summary>
    /// <exception cref="CommandException">The sessions could not be read.</exception>
    public static async Task<IReadOnlyList<VniEntry>> ReadAsync(IAccountSource source, CancellationToken cancellationToken)
    {
        if (!(await source.ReadAsync(Listings.Sessions, cancellationToken)).TryGet(out var sessions, out var refusal))
            throw new CommandException($"the sessions could not be read: {refusal}");
        var interfaces = OrNothing(await source.ReadAsync(Listings.NetworkInterfaces, cancellationToken))
            .DistinctBy(each => each.NetworkInterfaceId).ToDictionary(each => each.NetworkInterfaceId);
        var instances = OrNothing(await source.ReadAsync(Listings.Reservations, cancellationToken)).SelectMany(each => each.Instances ?? [])
            .DistinctBy(each => each.InstanceId).ToDictionary(each => each.InstanceId);
        return
        [
            .. from session in sessions
               where session.VirtualNetworkId is not null
               let its = interfaces.GetValueOrDefault(session.NetworkInterfaceId)
               let holder = its?.Attachment?.InstanceId
               let instance = holder is null ? null : instances.GetValueOrDefault(holder)
               orderby session.VirtualNetworkId, its?.PrivateIpAddress, session.TrafficMirrorSessionId
               select new VniEntry(
                   session.VirtualNetworkId!.Value, its?.PrivateIpAddress, session.NetworkInterfaceId, holder,
                   Tag(its?.TagSet, Ownership.NameKey) ?? Tag(instance?.Tags, Ownership.NameKey), its?.VpcId, its?.SubnetId,
                   its?.OwnerId ?? session.OwnerId, Tag(session.Tags, Ownership.SensorKey), session.TrafficMirrorTargetId,
                   session.TrafficMirrorSessionId, its?.Attachment?.AttachTime?.ToUniversalTime()),
        ];
    }

    private static string? Tag(List<Amazon.EC2.Model.Tag>? tags, string key) =>
        tags?.Find(tag => tag.Key == key)?.Value is { Length: > 0 } value ? value : null;

    private static IReadOnlyList<T> OrNothing<T>(Answer<IReadOnlyList<T>> answer) => answer.TryGet(out var items, out _) ? items : [];
}

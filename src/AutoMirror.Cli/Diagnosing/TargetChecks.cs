using System.Net;
using Amazon.EC2.Model;
using AutoMirror.Cli.Accounts;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Whether copies can arrive at the interfaces that are targets.</summary>
/// <remarks>What is behind load balancers and endpoints is not looked at, nor are routes and network ACLs.</remarks>
internal static class TargetChecks
{
    private const int VxlanPort = 4789;

    public static IEnumerable<Symptom> Of(MirrorAccount account)
    {
        foreach (var sessions in account.Mirrored.GroupBy(each => each.Session.TrafficMirrorTargetId).OrderBy(each => each.Key))
        {
            // A target that another account shares may not be seen.
            if (account.Targets.GetValueOrDefault(sessions.Key) is not { NetworkInterfaceId: { Length: > 0 } id } target)
                continue;
            var symptoms = account.TargetInterfaces.GetValueOrDefault(id) is { } sensor
                ? Of(account, target, sensor, [.. sessions])
                : IsOwn(target, sessions) ? [Gone(target, id, sessions.Count())] : [];
            foreach (var symptom in symptoms)
                yield return symptom;
        }
    }

    private static IEnumerable<Symptom> Of(
        MirrorAccount account, TrafficMirrorTarget target, NetworkInterface sensor, List<MirroredInterface> sessions)
    {
        if (sensor.Attachment?.InstanceId is not { } host)
        {
            yield return new(
                target.TrafficMirrorTargetId, $"its interface {sensor.NetworkInterfaceId} is on no instance: no copy of "
                    + $"{Sessions(sessions.Count)} arrives",
                "attach it to the sensor");
            yield break;
        }

        if (account.Sensors.GetValueOrDefault(host)?.State?.Name?.Value is { } state and not ("running" or "pending"))
        {
            yield return new(
                target.TrafficMirrorTargetId, $"its interface {sensor.NetworkInterfaceId} is on {host}, which is {state}: no copy of "
                    + $"{Sessions(sessions.Count)} arrives",
                "start the sensor");
            yield break;
        }

        var kept = sessions.Where(each => each.Interface is { } source && !LetsIn(account, sensor, source)).ToList();
        if (kept.Count > 0)
        {
            yield return new(
                target.TrafficMirrorTargetId,
                $"no security group of its interface {sensor.NetworkInterfaceId} lets UDP {VxlanPort} in from "
                    + string.Join(", ", kept.Select(each => each.Address).Distinct().Take(3))
                    + $"{(kept.Count > 3 ? ", …" : "")}: no copy of {Sessions(kept.Count)} arrives",
                $"allow UDP {VxlanPort} there from the sources");
        }
    }

    /// <summary>"The security groups for a traffic mirror target must allow VXLAN traffic (UDP port 4789) from the source."</summary>
    private static bool LetsIn(MirrorAccount account, NetworkInterface sensor, NetworkInterface source)
    {
        var own = (sensor.Groups ?? []).Select(group => account.SecurityGroups.GetValueOrDefault(group.GroupId)).ToList();
        return own.Contains(null) || own.SelectMany(group => group!.IpPermissions ?? []).Where(IsForVxlan).Any(rule =>
            IsFrom(rule, source));
    }

    private static bool IsForVxlan(IpPermission rule) => rule.IpProtocol == "-1"
        || (rule.IpProtocol is "udp" or "17" && (rule.FromPort ?? 0) <= VxlanPort && VxlanPort <= (rule.ToPort ?? ushort.MaxValue));

    /// <summary>What stands in a prefix list is not seen here, and taken to hold the source.</summary>
    private static bool IsFrom(IpPermission rule, NetworkInterface source) =>
        rule.PrefixListIds is { Count: > 0 }
        || (rule.UserIdGroupPairs ?? []).Exists(pair => (source.Groups ?? []).Exists(group => group.GroupId == pair.GroupId))
        || (rule.Ipv4Ranges ?? []).Exists(range => IPNetwork.TryParse(range.CidrIp, out var network)
            && IPAddress.TryParse(source.PrivateIpAddress, out var address) && network.Contains(address));

    /// <summary>Another account's interface is not seen, and may be there.</summary>
    private static bool IsOwn(TrafficMirrorTarget target, IEnumerable<MirroredInterface> sessions) =>
        sessions.Any(each => each.Session.OwnerId == target.OwnerId);

    private static Symptom Gone(TrafficMirrorTarget target, string id, int sessions) => new(
        target.TrafficMirrorTargetId, $"its interface {id} is gone: no copy of {Sessions(sessions)} arrives",
        "make a target on an interface that is there, and name it in Parameter Store");

    private static string Sessions(int count) => count == 1 ? "its session" : $"its {count} sessions";
}

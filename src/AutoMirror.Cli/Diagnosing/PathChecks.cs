using Amazon.EC2.Model;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using Model = AutoMirror.Core.Model;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Follows the way from each mirrored interface to its sensor's.</summary>
internal sealed class PathChecks
{
    private readonly Dictionary<string, NetworkInterface> _interfaces;
    private readonly Dictionary<string, SecurityGroup>? _groups;
    private readonly Dictionary<string, NetworkAcl>? _acls;
    private readonly IReadOnlyList<RouteTable>? _tables;
    private readonly List<Finding> _findings = [];

    private PathChecks(
        IReadOnlyList<NetworkInterface> interfaces, Answer<IReadOnlyList<SecurityGroup>> groups, Answer<IReadOnlyList<NetworkAcl>> acls,
        Answer<IReadOnlyList<RouteTable>> tables)
    {
        _tables = Read("route-tables", tables);
        _interfaces = interfaces.DistinctBy(each => each.NetworkInterfaceId).ToDictionary(each => each.NetworkInterfaceId);
        _groups = Read("security-groups", groups)?.ToDictionary(group => group.GroupId);
        _acls = Read("network-acls", acls)?.SelectMany(acl => (acl.Associations ?? []).Select(each => (each.SubnetId, acl)))
            .DistinctBy(pair => pair.SubnetId).ToDictionary(pair => pair.SubnetId, pair => pair.acl);
    }

    /// <summary>What would drop copies, and what could not be looked at.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Look look, CancellationToken cancellationToken)
    {
        var source = look.Source;
        var (groups, acls, tables) = (
            await source.ReadAsync(Listings.SecurityGroups, cancellationToken),
            await source.ReadAsync(Listings.NetworkAcls, cancellationToken),
            await source.ReadAsync(Listings.RouteTables, cancellationToken));
        if (!(await source.ReadAsync(Listings.NetworkInterfaces, cancellationToken)).TryGet(out var interfaces, out var refusal))
            return [new Finding("path", Finding.Unknown, $"The way to the sensors can't be followed: {refusal}")];
        var checks = new PathChecks(interfaces, groups, acls, tables);
        var mirrored = look.Plan.Verdicts.Where(verdict => verdict.NetworkInterfaceId is not null)
            .Select(verdict => (Id: verdict.NetworkInterfaceId!.Value.Value, (verdict.Verdict as Verdict.Mirrored)?.Settings.TargetId))
            .Where(each => each.TargetId is not null);
        foreach (var group in mirrored.GroupBy(each => each.TargetId!.Value).OrderBy(group => group.Key))
        {
            if (look.Situation.Configuration.Targets.GetValueOrDefault(group.Key) is { } target)
                checks.Follow(target, [.. group.Select(each => each.Id)]);
        }

        return checks._findings;
    }

    private void Follow(Model.TrafficMirrorTarget target, IReadOnlyList<string> sources)
    {
        if (target.Destination is Model.TargetDestination.CaptureInterface { Id: var id }
            && _interfaces.TryGetValue(id.Value, out var capture))
        {
            FollowTo(target, capture, [.. sources.Select(_interfaces.GetValueOrDefault).OfType<NetworkInterface>()]);
        }
    }

    private void FollowTo(Model.TrafficMirrorTarget target, NetworkInterface capture, IReadOnlyList<NetworkInterface> sources)
    {
        if (_tables is not null)
            FollowRoutes(target, capture, [.. sources.Where(source => source.VpcId != capture.VpcId)]);
        if (_groups is not null)
            FollowThroughGroups(target, capture, [.. sources.Where(source => source.VpcId == capture.VpcId || source.Groups is not null)]);
        if (_acls is not null)
            FollowThroughAcls(target, capture, [.. sources.Where(source => source.SubnetId != capture.SubnetId)]);
    }

    private void FollowRoutes(Model.TrafficMirrorTarget target, NetworkInterface capture, IReadOnlyList<NetworkInterface> sources)
    {
        var ways = sources.Select(source => (
            source.SubnetId, source.VpcId,
            Way: RouteChecks.Follow(_tables!, source.SubnetId, source.VpcId, capture.PrivateIpAddress)));
        foreach (var group in ways.Where(each => each.Way.Why is not null).GroupBy(each => each))
        {
            var (subnet, vpc, way) = group.Key;
            _findings.Add(new Finding(
                "routes", way.IsLost ? Finding.Problem : Finding.Unknown,
                $"{Counted.Of(group.Count(), "interface")} in {subnet} ({vpc}) mirrored to {target.Id} at {capture.PrivateIpAddress} in "
                    + $"{capture.VpcId}: {way.Why}.",
                $"aws ec2 describe-route-tables --filters Name=vpc-id,Values={vpc}"));
        }
    }

    private void FollowThroughGroups(Model.TrafficMirrorTarget target, NetworkInterface capture, IReadOnlyList<NetworkInterface> sources)
    {
        var let = sources.Select(source => (Source: source, IsIn: NetworkPath.IsLetIn(source, capture, _groups!))).ToList();
        var kept = let.Where(each => each.IsIn == false).Select(each => each.Source).ToList();
        if (kept.Count > 0)
        {
            _findings.Add(new Finding(
                "security-group", Finding.Problem,
                $"The security groups of {capture.NetworkInterfaceId} ({target.Id}) do not let in UDP 4789 from "
                    + $"{Counted.Of(kept.Count, "mirrored interface")}, such as {kept[0].NetworkInterfaceId} ({kept[0].PrivateIpAddress}).",
                $"aws ec2 authorize-security-group-ingress --group-id {capture.Groups?.FirstOrDefault()?.GroupId ?? "sg-…"} --protocol udp "
                    + $"--port 4789 --cidr {kept[0].PrivateIpAddress}/32"));
        }
        else if (let.Exists(each => each.IsIn is null))
        {
            _findings.Add(new Finding(
                "security-group", Finding.Unknown,
                $"Whether the security groups of {capture.NetworkInterfaceId} let in UDP 4789 is decided by a prefix list or by a group "
                    + "that can't "
                    + "be read."));
        }
    }

    private void FollowThroughAcls(Model.TrafficMirrorTarget target, NetworkInterface capture, IReadOnlyList<NetworkInterface> sources)
    {
        var leaving = sources.Select(source => (
            Source: source, Why: NetworkPath.WhyKeptBack(AclOf(source.SubnetId), isEgress: true, capture.PrivateIpAddress))).ToList();
        foreach (var kept in leaving.Where(each => each.Why is not null).GroupBy(each => (each.Source.SubnetId, each.Why)))
        {
            _findings.Add(new Finding(
                "network-acl", Finding.Problem,
                $"UDP 4789 to {capture.PrivateIpAddress} ({target.Id}) does not leave {kept.Key.SubnetId}: {kept.Key.Why}. "
                    + $"{Counted.Of(kept.Count(), "mirrored interface")} there.",
                $"aws ec2 describe-network-acls --filters Name=association.subnet-id,Values={kept.Key.SubnetId}"));
        }

        var coming = sources.Select(source => (
            Source: source, Why: NetworkPath.WhyKeptBack(AclOf(capture.SubnetId), isEgress: false, source.PrivateIpAddress))).ToList();
        foreach (var kept in coming.Where(each => each.Why is not null).GroupBy(each => each.Why))
        {
            _findings.Add(new Finding(
                "network-acl", Finding.Problem,
                $"UDP 4789 from {Counted.Of(kept.Count(), "mirrored interface")}, such as {kept.First().Source.NetworkInterfaceId}, "
                    + "does not come into "
                    + $"{capture.SubnetId}, where {target.Id} is: {kept.Key}.",
                $"aws ec2 describe-network-acls --filters Name=association.subnet-id,Values={capture.SubnetId}"));
        }
    }

    private NetworkAcl? AclOf(string? subnet) => subnet is null ? null : _acls!.GetValueOrDefault(subnet);

    private IReadOnlyList<T>? Read<T>(string check, Answer<IReadOnlyList<T>> answer)
    {
        if (answer.TryGet(out var items, out var refusal))
            return items;
        _findings.Add(new Finding(check, Finding.Unknown, $"{check} can't be read: {refusal}"));
        return null;
    }
}

using System.Globalization;
using System.Net;
using Amazon.EC2.Model;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Whether security groups and network ACLs let copies through: VXLAN in UDP 4789, from the source's primary private address to
/// the target's. Copies are not subject to the source's own security groups (Traffic Mirroring guide, "Target concepts").</summary>
internal static class NetworkPath
{
    private const int Vxlan = 4789;

    /// <summary>Whether the groups of a target let a source's copies in; null where a prefix list decides, which is not read.</summary>
    public static bool? IsLetIn(NetworkInterface source, NetworkInterface target, IReadOnlyDictionary<string, SecurityGroup> groups)
    {
        var from = source.Groups?.Select(group => group.GroupId).ToHashSet() ?? [];
        var isUnknown = false;
        foreach (var id in (target.Groups ?? []).Select(group => group.GroupId))
        {
            if (!groups.TryGetValue(id, out var group))
            {
                isUnknown = true;
                continue;
            }

            foreach (var permission in (group.IpPermissions ?? []).Where(IsVxlan))
            {
                if ((permission.Ipv4Ranges ?? []).Exists(range => Contains(range.CidrIp, source.PrivateIpAddress))
                    || (permission.UserIdGroupPairs ?? []).Exists(pair => from.Contains(pair.GroupId)))
                {
                    return true;
                }

                isUnknown |= permission.PrefixListIds is { Count: > 0 };
            }
        }

        return isUnknown ? null : false;
    }

    /// <summary>The rule of a network ACL that keeps copies back; null where none does, or none is known.</summary>
    /// <param name="isEgress">Whether they leave the source's subnet, or else come into the target's.</param>
    public static string? WhyKeptBack(NetworkAcl? acl, bool isEgress, string other)
    {
        if (acl is null)
            return null;
        foreach (var entry in (acl.Entries ?? []).Where(entry => entry.Egress == isEgress).OrderBy(entry => entry.RuleNumber))
        {
            if (entry.Protocol is not ("-1" or "17") || !Contains(entry.CidrBlock, other)
                || (entry.Protocol == "17" && entry.PortRange is { } ports && (ports.From > Vxlan || ports.To < Vxlan)))
            {
                continue;
            }

            return entry.RuleAction?.Value == "allow"
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{acl.NetworkAclId} denies it by {(entry.RuleNumber == 32767 ? "its last rule" : $"rule {entry.RuleNumber}")}");
        }

        return $"no rule of {acl.NetworkAclId} allows it";
    }

    private static bool IsVxlan(IpPermission permission) => permission.IpProtocol switch
    {
        "-1" => true,
        "udp" or "17" => permission.FromPort is null or -1 || (permission.FromPort <= Vxlan && permission.ToPort >= Vxlan),
        _ => false,
    };

    private static bool Contains(string? range, string? address) =>
        IPNetwork.TryParse(range, out var network) && IPAddress.TryParse(address, out var one) && network.Contains(one);
}

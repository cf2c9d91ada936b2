using System.Globalization;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets.Rules;

/// <summary>
/// Whether a subnet's network ACL lets a packet in or out ("Network ACL rules"): entries by ascending number, the first that matches
/// decides, and none that matches denies. It knows no connections, and guards the subnet's edge only.
/// </summary>
internal sealed class NetworkAclRules(Ec2Engine ec2)
{
    /// <summary>The ACL that denies the packet and the entry that does, in words; null when the packet may pass.</summary>
    public string? WhyNot(string subnetId, bool isEgress, IpPacket packet)
    {
        var subnet = ec2.Networks.GetSubnet(subnetId);
        var acl = ec2.Networks.AclTable.Where("vpc-id", subnet.VpcId).Find(each => each.SubnetsByAssociation.Values.Contains(subnetId));
        if (acl is null)
            return null;
        var direction = isEgress ? "out of" : "into";
        var entries = acl.Entries.Where(entry => entry.Egress == isEgress).OrderBy(entry => entry.RuleNumber);
        return entries.FirstOrDefault(entry => Matches(entry, packet)) switch
        {
            { Allow: true } => null,
            { } entry => $"entry {entry.RuleNumber} of network ACL {acl.Id} denies it {direction} {subnetId}",
            null => $"no entry of network ACL {acl.Id} allows it {direction} {subnetId}",
        };
    }

    /// <summary>An entry's range is the source of what comes in, and the destination of what goes out.</summary>
    private static bool Matches(NetworkAclEntry entry, IpPacket packet) =>
        CidrBlock.Contains(entry.CidrBlock, entry.Egress ? packet.Destination : packet.Source)
            && (entry.Protocol == "-1" || byte.Parse(entry.Protocol, CultureInfo.InvariantCulture) == packet.Protocol)
            && (entry.Ports is not { } ports || packet.DestinationPort is not { } port || (port >= ports.From && port <= ports.To))
            && (entry.Icmp is not { } icmp || packet.Icmp is not { } own || (IsAny(icmp.Type, own.Type) && IsAny(icmp.Code, own.Code)));

    private static bool IsAny(int wanted, byte value) => wanted is -1 || wanted == value;
}

using System.Globalization;
using System.Net;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets.Rules;

/// <summary>Whether security groups let a packet in or out ("Security group rules"): one rule that allows it is enough.</summary>
internal sealed class SecurityGroupRules(Ec2Engine ec2)
{
    private const int AllPorts = -1;

    /// <summary>Whether any of the groups allows the packet.</summary>
    /// <param name="groupIds">The groups of the interface.</param>
    /// <param name="isEgress">Whether the packet leaves it.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="peer">The interface at the other end, whose groups a rule may name; null where it is none of ours.</param>
    public bool Allow(IReadOnlyList<string> groupIds, bool isEgress, IpPacket packet, NetworkInterface? peer) =>
        groupIds.Select(ec2.SecurityGroups.Table.Find).OfType<SecurityGroup>()
            .SelectMany(group => isEgress ? group.Egress : group.Ingress)
            .Any(rule => IsPeer(rule, isEgress ? packet.Destination : packet.Source, peer) && IsProtocol(rule, packet));

    private static bool IsPeer(Permission rule, IPAddress address, NetworkInterface? peer) =>
        rule.GroupId is { } group ? peer?.GroupIds.Contains(group) == true
            : (rule.CidrIp ?? rule.CidrIpv6) is { } block && CidrBlock.Contains(block, address);

    /// <summary>
    /// Ports hold for TCP and UDP, type and code (-1 is all) for ICMP ("IpPermission"). A fragment after the first has neither: it is let
    /// through with its protocol.
    /// </summary>
    private static bool IsProtocol(Permission rule, IpPacket packet) => rule.Protocol switch
    {
        "-1" => true,
        "tcp" => packet.Protocol == IpProtocol.Tcp && IsPort(rule, packet),
        "udp" => packet.Protocol == IpProtocol.Udp && IsPort(rule, packet),
        "icmp" => packet.Protocol == IpProtocol.Icmp && IsIcmp(rule, packet),
        "icmpv6" => packet.Protocol == IpProtocol.IcmpV6 && IsIcmp(rule, packet),
        var number => byte.Parse(number, CultureInfo.InvariantCulture) == packet.Protocol,
    };

    private static bool IsPort(Permission rule, IpPacket packet) =>
        packet.DestinationPort is not { } port || (port >= rule.FromPort && port <= rule.ToPort);

    private static bool IsIcmp(Permission rule, IpPacket packet) => packet.Icmp is not { } icmp
        || rule.FromPort is null or AllPorts
        || (rule.FromPort == icmp.Type && (rule.ToPort is null or AllPorts || rule.ToPort == icmp.Code));
}

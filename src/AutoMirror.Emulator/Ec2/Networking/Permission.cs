using System.Globalization;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>One rule of a security group: a protocol ("-1" is all), ports, and one peer, which is a range or a group.</summary>
public sealed record Permission(
    string Protocol, int? FromPort, int? ToPort, string? CidrIp, string? CidrIpv6 = null, string? GroupId = null,
    string? Description = null)
{
    internal static Permission Everywhere { get; } = new("-1", null, null, "0.0.0.0/0");

    internal string? Peer => CidrIp ?? CidrIpv6 ?? GroupId;

    /// <summary>Whether two rules allow the same; their descriptions do not count.</summary>
    internal bool IsSame(Permission other) => this with { Description = null } == other with { Description = null };

    /// <summary>
    /// The rule as EC2 keeps it, or EC2's error. "Specifying -1 or a protocol number other than tcp, udp, icmp, or icmpv6 allows traffic
    /// on all ports, regardless of any port range you specify", and "for tcp, udp, and icmp, you must specify a port range" (EC2 API
    /// reference, IpPermission).
    /// </summary>
    internal Permission Checked() => Protocol switch
    {
        "tcp" or "udp" or "icmp" when FromPort is null || ToPort is null => throw Ec2Errors.PortRangeRequired(),
        "tcp" or "udp" when FromPort < 0 || ToPort > 65535 || FromPort > ToPort =>
            throw Ec2Errors.InvalidPortRange(FromPort.Value, ToPort.Value),
        "tcp" or "udp" or "icmp" or "icmpv6" => this,
        _ when Protocol != "-1" && !byte.TryParse(Protocol, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
            throw Ec2Errors.UnknownProtocol(Protocol),
        _ => this with { FromPort = null, ToPort = null },
    };
}

using System.Globalization;
using System.Net;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>
/// Which private addresses of each subnet are taken. The first four and the last of a subnet are EC2's own ("Subnet sizing for
/// IPv4").
/// </summary>
internal sealed class Addresses(Random random)
{
    private readonly Dictionary<string, HashSet<uint>> _taken = [];
    private readonly Dictionary<string, uint> _next = [];
    private readonly HashSet<string> _public = [];
    private uint _publicAddress = 0x36_40_00_00; // 54.64.0.0, a range of Amazon's

    public int CountIn(string subnet) => _taken.TryGetValue(subnet, out var set) ? set.Count : 0;

    public string Take(Subnet subnet, string address)
    {
        var (first, last) = RangeOf(subnet);
        if (!IPAddress.TryParse(address, out var parsed) || ToNumber(parsed) is var number && (number < first || number > last))
            throw Ec2Errors.AddressOutsideSubnet(address);
        return SetOf(subnet.Id).Add(ToNumber(parsed)) ? address : throw Ec2Errors.AddressInUse(address);
    }

    public string TakeAny(Subnet subnet)
    {
        var (first, last) = RangeOf(subnet);
        var set = SetOf(subnet.Id);
        if (set.Count >= last - first + 1)
            throw Ec2Errors.NoFreeAddress(subnet.Id);
        var candidate = _next.GetValueOrDefault(subnet.Id, first);
        while (!set.Add(candidate))
            candidate = candidate >= last ? first : candidate + 1;
        _next[subnet.Id] = candidate >= last ? first : candidate + 1;
        return ToAddress(candidate);
    }

    public void Release(string subnet, string address) => SetOf(subnet).Remove(ToNumber(IPAddress.Parse(address)));

    public string Public()
    {
        while (_public.Contains(ToAddress(_publicAddress)))
            _publicAddress++;
        return ToAddress(_publicAddress++);
    }

    /// <summary>Takes what an interface of a recorded account has.</summary>
    public void Restore(NetworkInterface networkInterface)
    {
        SetOf(networkInterface.SubnetId).UnionWith(networkInterface.PrivateIpAddresses.Select(each => ToNumber(IPAddress.Parse(each))));
        if (networkInterface.PublicIp is { } address)
            _public.Add(address);
    }

    public string Ipv6(Subnet subnet) => subnet.Ipv6CidrBlock is { } block
        ? string.Join(':', [block[..block.IndexOf("::", StringComparison.Ordinal)], .. Groups(4, 0xffff, "x")])
        : throw Ec2Errors.NoIpv6Block(subnet.Id);

    public string Mac() => string.Join(':', ["02", .. Groups(5, 0xff, "x2")]);

    private IEnumerable<string> Groups(int count, int most, string format) =>
        Enumerable.Range(0, count).Select(_ => random.Next(1, most + 1).ToString(format, CultureInfo.InvariantCulture));

    private HashSet<uint> SetOf(string subnet) => _taken.TryGetValue(subnet, out var set) ? set : _taken[subnet] = [];

    private static (uint First, uint Last) RangeOf(Subnet subnet)
    {
        var range = IPNetwork.Parse(subnet.CidrBlock!);
        var start = ToNumber(range.BaseAddress);
        return (start + 4, start + (1u << (32 - range.PrefixLength)) - 2);
    }

    private static uint ToNumber(IPAddress address) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static string ToAddress(uint number) => $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";
}

using System.Globalization;
using System.Net;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Ranges of addresses, as rules, entries and routes have them.</summary>
internal static class CidrBlock
{
    /// <summary>Whether an address is in a range of its own family. Bits behind the prefix do not count.</summary>
    public static bool Contains(string block, IPAddress address) => Read(block) is { } range
        && range.BaseAddress.AddressFamily == address.AddressFamily && range.Contains(address);

    /// <summary>How many bits of a range are fixed: of two routes that match, the one with more decides.</summary>
    public static int PrefixLength(string block) => Read(block)?.PrefixLength ?? -1;

    private static IPNetwork? Read(string block)
    {
        if (IPNetwork.TryParse(block, out var range))
            return range;
        if (block.Split('/') is not [var text, var bits] || !IPAddress.TryParse(text, out var address)
            || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        if (length > bytes.Length * 8)
            return null;
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(length - (8 * i), 0, 8));
        return new(new(bytes), length);
    }
}

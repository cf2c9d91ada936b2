using System.Buffers;

namespace AutoMirror.Emulator.Ec2;

/// <summary>The form of EC2's ids: a prefix, a hyphen, and 8 or 17 hexadecimal digits ("Resource IDs" in the EC2 User Guide).</summary>
internal static class ResourceId
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsWellFormed(string prefix, string id) => id.StartsWith(prefix + "-", StringComparison.Ordinal)
        && id.AsSpan(prefix.Length + 1) is { Length: 8 or 17 } digits && !digits.ContainsAnyExcept(Digits);
}

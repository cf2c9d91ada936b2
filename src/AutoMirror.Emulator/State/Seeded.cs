using System.Globalization;

namespace AutoMirror.Emulator.State;

/// <summary>Random numbers by seed. Each concern has a stream of its own, so that more draws for one do not change the others.</summary>
internal sealed class Seeded(int seed)
{
    private readonly Random _ids = new(seed);
    private readonly Random _requestIds = new(seed ^ 0x5eed_0001);
    private readonly Random _sideIds = new(seed ^ 0x5eed_0008);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public Random NetworkIds { get; } = new(seed ^ 0x5eed_0002);

    public Random Addresses { get; } = new(seed ^ 0x5eed_0003);

    public Random Visibility { get; } = new(seed ^ 0x5eed_0004);

    public Random Faults { get; } = new(seed ^ 0x5eed_0005);

    public Random Latency { get; } = new(seed ^ 0x5eed_0006);

    public Random Delivery { get; } = new(seed ^ 0x5eed_0007);

    /// <summary>One of EC2's longer ids: a prefix, a hyphen and 17 hexadecimal digits, of which the first is 0 today.</summary>
    public string Id(string prefix) => Free(prefix, _ids);

    /// <summary>An id of what comes along with something else, such as a VPC's route table: it does not change the others' ids.</summary>
    public string SideId(string prefix) => Free(prefix, _sideIds);

    /// <summary>Ids that exist already: the same seed may have drawn them before, in the account that was recorded.</summary>
    public void Take(IEnumerable<string> ids) => _taken.UnionWith(ids);

    public string Uuid() => Uuid(_requestIds);

    /// <summary>One of IAM's unique ids: a prefix that says what it is for, and 17 capital letters and digits.</summary>
    public string UniqueId(string prefix) => prefix + string.Concat(_ids.GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17));

    private string Free(string prefix, Random random)
    {
        while (true)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-0{random.NextInt64():x16}");
            if (!_taken.Contains(id))
                return id;
        }
    }

    private static string Uuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes).ToString();
    }
}

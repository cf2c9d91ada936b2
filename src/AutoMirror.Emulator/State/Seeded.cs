using System.Globalization;

namespace AutoMirror.Emulator.State;

/// <summary>Randomness by seed, one stream for each concern, so that more of one thing does not change another.</summary>
internal sealed class Seeded(int seed)
{
    private readonly Random _ids = new(seed);
    private readonly Random _requestIds = new(seed ^ 0x5eed_0001);

    public Random NetworkIds { get; } = new(seed ^ 0x5eed_0002);

    public Random Addresses { get; } = new(seed ^ 0x5eed_0003);

    public Random Visibility { get; } = new(seed ^ 0x5eed_0004);

    public Random Faults { get; } = new(seed ^ 0x5eed_0005);

    public Random Latency { get; } = new(seed ^ 0x5eed_0006);

    public Random Delivery { get; } = new(seed ^ 0x5eed_0007);

    /// <summary>EC2's longer ids: a prefix, a hyphen and 17 hexadecimal digits, the first of which is 0 today.</summary>
    public string Id(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-0{_ids.NextInt64():x16}");

    public string Uuid() => Uuid(_requestIds);

    private static string Uuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes).ToString();
    }
}

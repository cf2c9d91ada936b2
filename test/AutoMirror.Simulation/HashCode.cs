namespace AutoMirror.Simulation;

/// <summary>Seeds from seeds: the same on every machine, unlike the runtime's own hash codes.</summary>
internal static class HashCode
{
    public static int Seed(int a, int b, int c)
    {
        var hash = ((ulong)(uint)a << 32) | (uint)b;
        hash = (hash ^ ((ulong)(uint)c * 0x9E3779B97F4A7C15UL)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return (int)(hash ^ (hash >> 29)) & int.MaxValue;
    }
}

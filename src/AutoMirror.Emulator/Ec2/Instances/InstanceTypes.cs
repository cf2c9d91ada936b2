using System.Collections.Frozen;
using System.Globalization;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The instance types that exist, from <c>instance-types.txt</c> in the same folder.</summary>
public static class InstanceTypes
{
    private static readonly FrozenDictionary<string, InstanceType> ByName = Load().ToFrozenDictionary(type => type.Name);

    /// <summary>All types by name.</summary>
    public static IReadOnlyDictionary<string, InstanceType> All => ByName;

    internal static InstanceType? Find(string name) => ByName.GetValueOrDefault(name);

    internal static Table<InstanceType> TableIn(Cloud cloud)
    {
        var table = new Table<InstanceType>(cloud, "instance-type", "");
        foreach (var type in ByName.Values)
            table.Shown.Set(type.Id, type);
        return table;
    }

    private static IEnumerable<InstanceType> Load()
    {
        using var stream = typeof(InstanceTypes).Assembly.GetManifestResourceStream("instance-types.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#')
                && line.Split(' ') is [var name, var vCpus, var memory, var hypervisor, var metal, var generation, var cards,
                    var interfaces, var addresses, var architectures])
            {
                yield return new InstanceType
                {
                    Id = name, VCpus = Number(vCpus), MemoryMiB = Number(memory), Hypervisor = hypervisor == "-" ? null : hypervisor,
                    BareMetal = metal == "metal", CurrentGeneration = generation == "current",
                    NetworkCards = Number(cards), MaximumNetworkInterfaces = Number(interfaces),
                    Ipv4AddressesPerInterface = Number(addresses), Architectures = architectures.Split(','),
                };
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

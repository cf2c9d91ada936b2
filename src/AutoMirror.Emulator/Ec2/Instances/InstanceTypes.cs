using System.Collections.Frozen;
using System.Globalization;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2;

/// <summary>The instance types that exist, from the list beside this file.</summary>
public static class InstanceTypes
{
    private static readonly FrozenDictionary<string, InstanceType> byName = Load().ToFrozenDictionary(type => type.Name);

    /// <summary>All, by name.</summary>
    public static IReadOnlyDictionary<string, InstanceType> All => byName;

    internal static InstanceType? Find(string name) => byName.GetValueOrDefault(name);

    internal static Describing<InstanceType> Describing(Cloud cloud)
    {
        var table = new Table<InstanceType>(cloud, "instance-type", "");
        foreach (var type in byName.Values)
            table.Shown.Set(type.Id, type);
        var filters = new FilterCatalogue<InstanceType>()
            .With("instance-type", type => type.Name)
            .With("bare-metal", type => NetworkFilters.Flag(type.BareMetal))
            .With("current-generation", type => NetworkFilters.Flag(type.CurrentGeneration))
            .With("hypervisor", type => type.Hypervisor)
            .With("memory-info.size-in-mib", type => type.MemoryMiB.ToString(CultureInfo.InvariantCulture))
            .With("vcpu-info.default-vcpus", type => type.VCpus.ToString(CultureInfo.InvariantCulture))
            .With("network-info.maximum-network-interfaces", type => type.MaximumNetworkInterfaces.ToString(CultureInfo.InvariantCulture))
            .With("network-info.ipv4-addresses-per-interface", type =>
                type.Ipv4AddressesPerInterface.ToString(CultureInfo.InvariantCulture))
            .With("processor-info.supported-architecture", type => type.Architectures);
        return new(table, filters, ids => Ec2Errors.InstanceTypesNotFound(string.Join(", ", ids)))
        {
            // "The maximum number of results: 5 to 100" and at most 100 types in a request, by the service model.
            IdFilter = "instance-type", MostResults = 100,
        };
    }

    private static IEnumerable<InstanceType> Load()
    {
        using var stream = typeof(InstanceTypes).Assembly.GetManifestResourceStream("instance-types.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#')
                && line.Split(' ') is [var name, var vCpus, var memory, var hypervisor, var metal, var generation, var interfaces,
                    var addresses, var architectures])
                yield return new InstanceType
                {
                    Id = name, VCpus = Number(vCpus), MemoryMiB = Number(memory), Hypervisor = hypervisor == "-" ? null : hypervisor,
                    BareMetal = metal == "metal", CurrentGeneration = generation == "current",
                    MaximumNetworkInterfaces = Number(interfaces),
                    Ipv4AddressesPerInterface = Number(addresses), Architectures = architectures.Split(','),
                };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>Reads how sessions are made: of all sensors, and of single ones.</summary>
internal static class SensorReader
{
    /// <summary>The profiles in the field <c>sensors</c>.</summary>
    public static IReadOnlyDictionary<SensorName, SensorProfile> Read(FieldReader policy)
    {
        var sensors = new SortedDictionary<SensorName, SensorProfile>();
        if (policy.Object("sensors") is not { } named)
            return sensors;
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, fields) in named.Objects())
            sensors[new SensorName(name)] = Read(fields, places);
        return sensors;
    }

    public static SessionNumber? ReadSessionNumber(FieldReader fields) => fields.Absent("sessionNumber") ? null : fields.Value(
        "sessionNumber", SessionNumber.First, $"a whole number {SessionNumber.Minimum}–{SessionNumber.Maximum}",
        element => FieldReader.WholeNumber(element) is { } number ? SessionNumber.TryFrom(number) : null);

    public static PacketLength? ReadPacketLength(FieldReader fields) => fields.Optional(
        "packetLength", $"a whole number {PacketLength.Minimum}–{PacketLength.Maximum}, or no such field for whole packets",
        element => FieldReader.WholeNumber(element) is { } bytes ? PacketLength.TryFrom(bytes) : null);

    public static VirtualNetworks? ReadVirtualNetworks(FieldReader fields) => fields.OptionalReference(
        "virtualNetworkId",
        $"a whole number {VirtualNetworkId.Minimum}–{VirtualNetworkId.Maximum}, \"{PolicyWords.PerVpc}\", or "
            + $"\"{PolicyWords.PerInterface}\", as without this field, to let EC2 choose",
        VirtualNetworks? (element) => FieldReader.Text(element) switch
        {
            PolicyWords.PerInterface => new VirtualNetworks.PerInterface(),
            PolicyWords.PerVpc => new VirtualNetworks.PerVpc(),
            _ => FieldReader.WholeNumber(element) is { } number && VirtualNetworkId.TryFrom(number) is { } id
                ? new VirtualNetworks.Fixed(id)
                : null,
        });

    private static SensorProfile Read(FieldReader fields, HashSet<string> places)
    {
        var defaultFor = fields.Texts("defaultFor", "VPC and subnet ids, vpc-… and subnet-…");
        var profile = new SensorProfile
        {
            FilterId = fields.Optional(
                "filter", "the id of a mirror filter, tmf-…, or no such field for the shared one",
                element => Id<TrafficMirrorFilter>.TryParse(FieldReader.Text(element))),
            PacketLength = ReadPacketLength(fields),
            SessionNumber = ReadSessionNumber(fields),
            VirtualNetworkId = ReadVirtualNetworks(fields),
            Hosts = fields.Absent("hosts") ? null : fields.Word("hosts", HostRule.Tagged, PolicyWords.HostRules),
            DefaultForVpcs = [.. defaultFor.Select(Id<Vpc>.TryParse).OfType<Id<Vpc>>()],
            DefaultForSubnets = [.. defaultFor.Select(Id<Subnet>.TryParse).OfType<Id<Subnet>>()],
        };
        foreach (var (index, place) in defaultFor.Index())
        {
            if (Id<Vpc>.TryParse(place) is null && Id<Subnet>.TryParse(place) is null)
                fields.Reject($"defaultFor[{index}]", "a VPC's or a subnet's id, vpc-… or subnet-…");
            else if (!places.Add(place))
                fields.Reject($"defaultFor[{index}]", "each VPC and subnet once, in one sensor");
        }

        fields.RejectUnknown();
        return profile;
    }
}

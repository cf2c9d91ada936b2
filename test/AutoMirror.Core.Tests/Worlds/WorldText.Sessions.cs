using System.Net;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>Reads sessions and filters.</summary>
internal sealed partial class WorldText
{
    private void AddSession(Id<TrafficMirrorSession> id, LineReader words)
    {
        var source = _last ?? throw new FormatException($"{id} stands below no interface.");
        words.Take("→");
        var target = Id<TrafficMirrorTarget>.Parse(words.Next("a target"));
        var number = SessionNumber.TryFrom(
            int.Parse(words.Next("a number").TrimStart('#'), System.Globalization.CultureInfo.InvariantCulture))!.Value;
        var owner = words.Next("ours, foreign or another deployment");
        var instance = source.Attachment?.InstanceId;
        var session = new TrafficMirrorSession
        {
            Id = id,
            NetworkInterfaceId = source.Id,
            TargetId = target,
            FilterId = World.Filter,
            SessionNumber = number,
            Description = instance is { } has ? World.Deployment.DescriptionFor(has) : World.Deployment.DescriptionFor(source.Id),
            Tags = World.Deployment.TagsFor(source.Id, instance, SensorName.Default, null, [], Tags.None),
        };
        session = owner switch
        {
            "ours" => session,
            "foreign" => session with { Description = "made by hand", Tags = Tags.None },

            // Somebody has put our owner tag on it.
            "forged" => session with
            {
                Description = "made by hand",
                Tags = new Tags([KeyValuePair.Create(Ownership.ManagedByKey, World.Deployment.Name)]),
            },
            _ => session with { Tags = Deployment.TryParse(owner)!.TagsFor(source.Id, instance, SensorName.Default, null, [], Tags.None) },
        };
        foreach (var (key, value) in words.RestAsPairs())
        {
            session = key switch
            {
                "filter" => session with { FilterId = Id<TrafficMirrorFilter>.Parse(value!) },
                "length" =>
                    session with
                    {
                        PacketLength = PacketLength.TryFrom(long.Parse(value!, System.Globalization.CultureInfo.InvariantCulture)),
                    },
                "vni" =>
                    session with
                    {
                        VirtualNetworkId = VirtualNetworkId.TryFrom(long.Parse(value!, System.Globalization.CultureInfo.InvariantCulture)),
                    },
                "description" => session with { Description = value },
                "sensor" => session with { Tags = Set(session.Tags, Ownership.SensorKey, value!) },
                _ => session with { Tags = Set(session.Tags, key, value ?? "") },
            };
        }

        World.Sessions.Add(session);
    }

    private static Tags Set(Tags tags, string key, string value) => new(tags.Pairs.Append(KeyValuePair.Create(key, value)));

    private static TrafficMirrorFilter Filter(Id<TrafficMirrorFilter> id, IEnumerable<string> words)
    {
        var all = words.ToList();
        byte? protocol = all.Contains("tcp") ? (byte)6 : all.Contains("udp") ? (byte)17 : null;
        TrafficMirrorFilterRule Rule(TrafficDirection direction, string network) =>
            new(direction, 1, true, protocol, IPNetwork.Parse(network), IPNetwork.Parse(network));
        var directions = all.Contains("ingress") ? [TrafficDirection.Ingress] : Enum.GetValues<TrafficDirection>();
        return new(
            id,
            all.Contains("none") ? [] : [.. directions.Select(direction => Rule(direction, all.Contains("ipv6") ? "::/0" : "0.0.0.0/0"))],
            all.Contains("dns"));
    }
}

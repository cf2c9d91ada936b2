using System.Globalization;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Tests.Worlds;

internal sealed partial class WorldText
{
    private Id<NetworkInterface> AddInterface(Id<NetworkInterface> id, LineReader words)
    {
        var networkInterface = new NetworkInterface { Id = id };
        if (words.Take("-"))
        {
            networkInterface = With(networkInterface with { Attachment = new(null, 0, AttachmentStatus.Attached) }, words, out _);
            World.Standalone.Add(networkInterface);
            _last = networkInterface;
            return id;
        }

        var instanceId = Id<Instance>.Parse(words.Next("an instance or -"));
        if (!World.Instances.TryGetValue(instanceId, out var instance))
        {
            instance = new Instance
            {
                Id = instanceId,
                State = Enum.Parse<InstanceState>(words.Next("a state").Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
                InstanceType = words.Next("an instance type"),
            };
        }

        networkInterface = With(
            networkInterface with
            {
                Attachment = new(instanceId, instance.NetworkInterfaces.Count, AttachmentStatus.Attached),
            }, words, out var tags);
        World.Instances[instanceId] = instance with
        {
            Tags = new Tags(instance.Tags.Pairs.Concat(tags)),
            ManagedBy = instance.ManagedBy ?? networkInterface.ManagedBy,
            NetworkInterfaces = [.. instance.NetworkInterfaces, networkInterface],
        };
        _last = networkInterface;
        return id;
    }

    private static NetworkInterface With(
        NetworkInterface networkInterface, LineReader words, out List<KeyValuePair<string, string>> instanceTags)
    {
        instanceTags = [];
        var own = new List<KeyValuePair<string, string>>();
        var attachment = networkInterface.Attachment;
        foreach (var (key, value) in words.RestAsPairs())
        {
            switch (key)
            {
                case "unattached":
                    attachment = null;
                    break;
                case "attaching" or "detaching" or "detached":
                    attachment = attachment! with { Status = Enum.Parse<AttachmentStatus>(key, ignoreCase: true) };
                    break;
                case "ipv6-only":
                    networkInterface = networkInterface with { HasIpv4Address = false };
                    break;
                case "card":
                    attachment = attachment! with
                    {
                        NetworkCardIndex = int.Parse(value!, CultureInfo.InvariantCulture),
                        DeviceIndex = 0,
                    };
                    break;
                case "account":
                    networkInterface = networkInterface with { OwnerId = value };
                    attachment = attachment! with { InstanceId = Id<Instance>.Parse("i-notours") };
                    break;
                case "requester":
                    networkInterface = networkInterface with { RequesterId = value };
                    break;
                case "managed":
                    networkInterface = networkInterface with { ManagedBy = value };
                    break;
                case "index":
                    attachment = attachment! with { DeviceIndex = int.Parse(value!, CultureInfo.InvariantCulture) };
                    break;
                case "type":
                    networkInterface = networkInterface with { InterfaceType = value! };
                    break;
                case "zone":
                    networkInterface = networkInterface with { AvailabilityZone = value };
                    break;
                case "in" when Id<Subnet>.TryParse(value) is { } subnet:
                    networkInterface = networkInterface with { SubnetId = subnet };
                    break;
                case "in":
                    networkInterface = networkInterface with { VpcId = Id<Vpc>.Parse(value!) };
                    break;
                case ['@', .. var ownKey]:
                    own.Add(KeyValuePair.Create(ownKey, value ?? ""));
                    break;
                default:
                    instanceTags.Add(KeyValuePair.Create(key, value ?? ""));
                    break;
            }
        }

        return networkInterface with { Attachment = attachment, Tags = own.Count == 0 ? null : new Tags(own) };
    }
}

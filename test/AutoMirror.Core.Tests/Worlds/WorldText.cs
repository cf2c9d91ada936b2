using AutoMirror.Core.Events;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>Reads a world from lines; README.md beside the scenarios describes them.</summary>
internal sealed partial class WorldText
{
    private NetworkInterface? _last;

    public World World { get; } = new();

    public static World Read(string text)
    {
        var reader = new WorldText();
        foreach (var line in text.Split('\n'))
            reader.Add(line);
        return reader.World;
    }

    /// <summary>Adds what a line says; the id of the interface that it introduces, or null.</summary>
    public Id<NetworkInterface>? Add(string line)
    {
        if (line.Trim().Length == 0 || line[0] == '#')
            return null;
        if (line.StartsWith("policy", StringComparison.Ordinal))
        {
            var errors = new List<ConfigurationError>();
            World.Policy = PolicyReader.Read("policy", line["policy".Length..], errors);
            return errors.Count == 0 ? null : throw new FormatException(string.Join("; ", errors));
        }

        var words = new LineReader(line);
        var first = words.Next("a word");
        if (first.StartsWith("eni-", StringComparison.Ordinal))
            return AddInterface(Id<NetworkInterface>.Parse(first), words);
        if (first.StartsWith("tms-", StringComparison.Ordinal))
            AddSession(Id<TrafficMirrorSession>.Parse(first), words);
        else
            AddSetting(first, words);
        return null;
    }

    private void AddSetting(string first, LineReader words)
    {
        switch (first)
        {
            case "sensor":
                World.Sensors[new SensorName(words.Next("a sensor"))] = [.. words.Rest().Select(Id<TrafficMirrorTarget>.Parse)];
                break;
            case "target":
                var id = Id<TrafficMirrorTarget>.Parse(words.Next("a target"));
                World.Targets[id] = new TrafficMirrorTarget(id, Destination(words, id), TagsOf(words)) { OwnerId = "123456789012" };
                break;
            case "point":
                AddPoint(Id<TrafficMirrorTarget>.Parse(words.Next("a target")), words);
                break;
            case "refused":
                World.RefusedFamilies.UnionWith(words.Rest());
                break;
            case "filters-known":
                World.KnowsFilters = true;
                break;
            case "filter":
                World.Filter = Id<TrafficMirrorFilter>.Parse(words.Next("a filter"));
                break;
            case "rules":
                var filter = Filter(Id<TrafficMirrorFilter>.Parse(words.Next("a filter")), words.Rest());
                World.Filters[filter.Id] = filter;
                break;
            case "tags":
                var place = words.Next("a subnet or VPC");
                if (Id<Subnet>.TryParse(place) is { } subnet)
                    World.SubnetTags[subnet] = TagsOf(words);
                else
                    World.VpcTags[Id<Vpc>.Parse(place)] = TagsOf(words);
                break;
            case "missing":
                foreach (var word in words.Rest())
                {
                    if (Id<Instance>.TryParse(word) is { } instance)
                        World.MissingInstances.Add(instance);
                    else
                        World.MissingInterfaces.Add(Id<NetworkInterface>.Parse(word));
                }

                break;
            case "gap":
                World.Gaps.Add(words.Next("an action"));
                break;
            case "finding":
                World.Findings[Id<Instance>.Parse(words.Next("an instance"))] = DateTimeOffset.Parse(
                    words.Next("a time"), System.Globalization.CultureInfo.InvariantCulture);
                break;
            case "capture":
                World.Captures.Add(Capture(words));
                break;
            case "event":
                World.Events.Add(Event(words));
                break;
            case "sessions":
                World.Coverage = words.Next("account, interfaces or owned");
                break;
            case "allow-deletes":
                World.IsDenied = words.Take("denied");
                World.AllowDeletes = !World.IsDenied;
                break;
            default:
                throw new FormatException($"'{first}' begins no line that is known.");
        }
    }

    /// <summary>A person captures an instance or an interface until a time.</summary>
    private static MirrorEvent.Capture Capture(LineReader words)
    {
        var id = words.Next("an instance or interface");
        var until = DateTimeOffset.Parse(words.Next("a time"), System.Globalization.CultureInfo.InvariantCulture);
        var where = Id<Instance>.TryParse(id) is { } instance
            ? new Scope.Part { Instances = [instance] }
            : new Scope.Part { NetworkInterfaces = [Id<NetworkInterface>.Parse(id)] };
        return new(where, until, words.Rest().ToList() is [var sensor] ? new SensorName(sensor) : null);
    }

    /// <summary>A young event: an instance has reached a state, or a resource has these tags now.</summary>
    private static MirrorEvent Event(LineReader words)
    {
        var id = words.Next("an instance, interface, subnet or VPC");
        var said = words.RestAsPairs().ToList();
        if (Ec2Words.InstanceStates.Find(said[0].Key) is { } state)
            return new MirrorEvent.InstanceStateChange(Id<Instance>.Parse(id), state);
        var (level, where) = Id<Instance>.TryParse(id) is { } instance ? (TagLevel.Instance, new Scope.Part { Instances = [instance] })
            : Id<NetworkInterface>.TryParse(id) is { } each ? (TagLevel.Interface, new Scope.Part { NetworkInterfaces = [each] })
            : Id<Subnet>.TryParse(id) is { } subnet ? (TagLevel.Subnet, new Scope.Part { Subnets = [subnet] })
            : (TagLevel.Vpc, new Scope.Part { Vpcs = [Id<Vpc>.Parse(id)] });
        return new MirrorEvent.TagChange(level, where, [.. said.Select(pair => pair.Key)])
        {
            After = new Tags(said.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))),
        };
    }

    private TargetDestination Destination(LineReader words, Id<TrafficMirrorTarget> target)
    {
        switch (words.Next("nlb, gwlb or an interface"))
        {
            case "nlb":
                return new TargetDestination.NetworkLoadBalancer(
                    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/sensor/1");
            case "gwlb":
                return new TargetDestination.GatewayLoadBalancerEndpoint(Id<VpcEndpoint>.Parse("vpce-1"));
            case var networkInterface:
                var (zone, type) = (ValueOrNull(words.Next("a zone or -")), ValueOrNull(words.Next("an instance type or -")));
                if (zone is not null || type is not null)
                {
                    World.CapturePoints[target] = new CapturePoint
                    {
                        State = CaptureState.Living,
                        AvailabilityZone = zone,
                        InstanceType = type,
                    };
                }

                return new TargetDestination.CaptureInterface(Id<NetworkInterface>.Parse(networkInterface));
        }
    }

    /// <summary>What else is known of where a target delivers to.</summary>
    private void AddPoint(Id<TrafficMirrorTarget> target, LineReader words)
    {
        var point = World.CapturePoints.GetValueOrDefault(target, CapturePoint.Unknown);
        foreach (var (key, value) in words.RestAsPairs())
        {
            point = key switch
            {
                "host" => point with { InstanceId = Id<Instance>.Parse(value!) },
                "in" => point with { VpcId = Id<Vpc>.Parse(value!) },
                "zone" => point with { AvailabilityZone = value },
                _ => point with { State = Enum.Parse<CaptureState>(key, ignoreCase: true) },
            };
        }

        World.CapturePoints[target] = point;
    }

    /// <summary>A filter that accepts every IPv4 packet in both directions.</summary>
    public static TrafficMirrorFilter AcceptingAll(Id<TrafficMirrorFilter> id) => Filter(id, ["all"]);

    private static string? ValueOrNull(string word) => word == "-" ? null : word;

    private static Tags TagsOf(LineReader words) =>
        new(words.RestAsPairs().Select(pair => KeyValuePair.Create(pair.Key, pair.Value ?? "")));
}

using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using CsCheck;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>Accounts of all kinds, from a seed: hundreds of interfaces, foreign sessions, full targets, drift.</summary>
internal sealed class RandomWorld(Random random)
{
    private const int FirstTargets = 6;

    private static readonly string[] Types = ["m5.large", "m5.large", "m5.large", "c5.xlarge", "m6i.large", "t2.micro", "m5.metal"];
    private static readonly string[] Values = ["yes", "yes", "yes", "TRUE", "", "ids", "pool", "no", "0", "typo", "empty", "gone"];
    private readonly World _world = new();
    private readonly Dictionary<Id<TrafficMirrorTarget>, int> _sources = [];
    private int _interfaces;
    private int _sessions;

    public static Gen<World> Gen(int most) =>
        CsCheck.Gen.Select(CsCheck.Gen.Int[1, most], CsCheck.Gen.Int).Select((size, seed) => new RandomWorld(new Random(seed)).Build(size));

    public World Build(int instances, bool hasLimits = true, bool hasForeign = true)
    {
        _world.Policy = new Policy
        {
            TagLevels = Enum.GetValues<TagLevel>().Where(_ => Chance(2)).Append(TagLevel.Instance).ToHashSet(),
            Untagged = Chance(8) ? "yes" : "false",
            Interfaces = Chance(5) ? InterfaceSelection.Primary : InterfaceSelection.All,
            StandaloneInterfaces = Chance(2),
            OnStop = Chance(3) ? OnStop.Keep : OnStop.Delete,
            SessionNumber = Chance(3) ? SessionNumber.TryFrom(2)!.Value : SessionNumber.First,
            PacketLength = Chance(4) ? PacketLength.TryFrom(128) : null,
            VirtualNetworkId = Chance(4) ? new VirtualNetworks.Fixed(VirtualNetworkId.TryFrom(7)!.Value)
                : Chance(4) ? new VirtualNetworks.PerVpc()
                : VirtualNetworks.EachItsOwn,
            SensorTags = Chance(3),
            Exclude = Chance(3)
                ? new Exclusions
                {
                    InstanceTypes = [new("c5.*")],
                    Tags = new Dictionary<string,
                    IReadOnlyList<string>>
                    { ["team"] = ["red"] },
                }
                : Exclusions.None,
        };
        for (var i = 1; i <= FirstTargets; i++)
            AddTarget(i, hasLimits);
        string[] pools = ["default 1", "ids 2", $"pool {string.Join(' ', Enumerable.Range(3, random.Next(1, 4)))}", "empty", "gone 98 99"];
        foreach (var pool in pools.Select(pool => pool.Split(' ')))
            _world.Sensors[new SensorName(pool[0])] = [.. pool[1..].Select(TargetId)];
        for (var i = 0; i < 3; i++)
            _world.SubnetTags[Id<Subnet>.Parse($"subnet-{i}")] = RandomTags();
        _world.VpcTags[Id<Vpc>.Parse("vpc-0")] = RandomTags();

        for (var i = 0; i < instances; i++)
            AddInstance(Id<Instance>.Parse($"i-{i}"));
        for (var i = 0; i < instances / 8; i++)
            _world.Standalone.Add(NewInterface(Chance(3) ? null : new Attachment(null, 0, AttachmentStatus.Attached)));
        foreach (var each in _world.Interfaces)
            AddSessions(each, hasForeign);
        return _world;
    }

    private static Id<TrafficMirrorTarget> TargetId(string number) => Id<TrafficMirrorTarget>.Parse($"tmt-{number}");

    private void AddTarget(int number, bool hasLimits)
    {
        var id = TargetId($"{number}");
        TargetDestination destination = new TargetDestination.NetworkLoadBalancer($"arn:{number}");
        if (hasLimits && Chance(2))
        {
            destination = new TargetDestination.CaptureInterface(Id<NetworkInterface>.Parse($"eni-s{number}"));
            _world.CapturePoints[id] = new CapturePoint
            {
                State = Chance(4) ? (CaptureState)random.Next(4) : CaptureState.Living,
                VpcId = Chance(2) ? Id<Vpc>.Parse($"vpc-{random.Next(3)}") : null,
                AvailabilityZone = Pick("a", "b", null),
                InstanceType = Pick("m5.large", "m5.metal", null),
            };
        }

        _world.Targets[id] = new TrafficMirrorTarget(id, destination, Chance(4) ? new Tags([new(Ownership.SensorKey, "pool")]) : Tags.None);
    }

    private void AddInstance(Id<Instance> id)
    {
        var state = Chance(4) ? (InstanceState)random.Next(6) : InstanceState.Running;
        var interfaces = new List<NetworkInterface>();
        for (var i = 0; i < (state == InstanceState.Terminated ? 0 : random.Next(1, 4)); i++)
            interfaces.Add(NewInterface(new Attachment(id, i, Chance(12) ? (AttachmentStatus)random.Next(4) : AttachmentStatus.Attached)));

        // A sensor lives on some instance.
        if (interfaces.Count > 0 && Chance(20)
            && _world.Targets.Values.Select(target => target.Destination).OfType<TargetDestination.CaptureInterface>().FirstOrDefault(
                capture => _world.Interfaces.All(each => each.Id != capture.Id)) is { } sensor)
        {
            interfaces[0] = interfaces[0] with { Id = sensor.Id };
        }

        var type = Pick(Types)!;
        _world.Instances[id] = new Instance
        {
            Id = id,
            State = state,
            InstanceType = type,
            Tags = RandomTags(),
            NetworkInterfaces = interfaces,
        };
        foreach (var target in _world.Targets.Values.Where(target =>
            target.Destination is TargetDestination.CaptureInterface capture && interfaces.Exists(each => each.Id == capture.Id)))
        {
            _world.CapturePoints[target.Id] = _world.CapturePoints[target.Id] with { InstanceType = type };
        }
    }

    private NetworkInterface NewInterface(Attachment? attachment) => new()
    {
        Id = Id<NetworkInterface>.Parse($"eni-{_interfaces++}"),
        InterfaceType = Chance(15) ? "efa" : NetworkInterface.SourceType,
        HasIpv4Address = !Chance(20),
        SubnetId = Id<Subnet>.Parse($"subnet-{random.Next(4)}"),
        VpcId = Id<Vpc>.Parse($"vpc-{random.Next(2)}"),
        AvailabilityZone = Pick("a", "b", null),
        Attachment = attachment,
        Tags = Chance(3) ? RandomTags() : null,
    };

    private void AddSessions(NetworkInterface source, bool hasForeign)
    {
        var numbers = new HashSet<int>();
        for (var i = Chance(3) ? random.Next(1, 4) : Chance(2) ? 1 : 0; i > 0; i--)
        {
            var number = random.Next(1, 5);
            var target = TargetId(Pick("1", "2", "3", "4", "5", "6", "97", "99")!);
            var capacity = _world.Targets.TryGetValue(target, out var known)
                ? TargetCapacity.Of(known.Destination, _world.CapturePoints.GetValueOrDefault(target)?.InstanceType)
                : null;
            if (_sources.GetValueOrDefault(target) >= (capacity ?? int.MaxValue) || !numbers.Add(number))
                continue;
            _sources[target] = _sources.GetValueOrDefault(target) + 1;
            var isOurs = !hasForeign || !Chance(3);
            var instance = source.Attachment?.InstanceId;
            _world.Sessions.Add(new TrafficMirrorSession
            {
                Id = Id<TrafficMirrorSession>.Parse($"tms-{_sessions++}"),
                NetworkInterfaceId = source.Id,
                TargetId = target,
                FilterId = Chance(6) ? Id<TrafficMirrorFilter>.Parse("tmf-9") : _world.Filter,
                SessionNumber = SessionNumber.TryFrom(number)!.Value,
                PacketLength = Chance(6) ? PacketLength.TryFrom(Chance(2) ? 8500 : 64) : _world.Policy.PacketLength,
                VirtualNetworkId = VirtualNetworkId.TryFrom(Chance(8) ? random.Next(9) : 100 + _sessions),
                Description = isOurs && (!hasForeign || !Chance(6))
                    ? instance is { } id
                    ? _world.Deployment.DescriptionFor(id)
                    : _world.Deployment.DescriptionFor(source.Id)
                    : Pick("mine", null),
                Tags = isOurs
                    ? _world.Deployment.TagsFor(
                        source.Id, Chance(6) ? null : instance, new SensorName(Pick("default", "ids", "pool")!), null,
                        Chance(4) ? [Ownership.SetVirtualNetworkId] : [], Tags.None)
                    : Chance(2)
                    ? Tags.None
                    : Deployment.TryParse("other")!.TagsFor(source.Id, instance, SensorName.Default, null, [], Tags.None),
            });
        }
    }

    private Tags RandomTags() => new(
    [
        .. Chance(3) ? (KeyValuePair<string, string>[])[] : [new("Mirror", Pick(Values)!)],
        .. Chance(9) ? [new("team", Pick("red", "blue")!)] : (KeyValuePair<string, string>[])[],
    ]);

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private string? Pick(params string?[] of) => of[random.Next(of.Length)];
}

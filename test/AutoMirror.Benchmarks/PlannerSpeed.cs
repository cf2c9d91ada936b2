using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using BenchmarkDotNet.Attributes;

namespace AutoMirror.Benchmarks;

/// <summary>Plans a large account again and again.</summary>
[InProcess]
[MemoryDiagnoser(displayGenColumns: false)]
public class PlannerSpeed
{
    private const int Targets = 200;

    private Situation _world = null!;

    /// <summary>How many interfaces the account has, one in ten of which opts in and has its session.</summary>
    [Params(10_000, 100_000)]
    public int Interfaces { get; set; }

    /// <summary>How many of its targets each sensor has.</summary>
    [Params(1, 10, 200)]
    public int PerPool { get; set; }

    /// <summary>Makes the account.</summary>
    [GlobalSetup]
    public void SetUp() => _world = World(Interfaces, Interfaces / 10, Targets, PerPool);

    /// <summary>Plans it.</summary>
    [Benchmark]
    public int Plan() =>
        Planner.Plan(_world).Verdicts.Count == Interfaces
            ? Interfaces
            : throw new InvalidOperationException("Not every interface has a verdict.");

    private static Situation World(int interfaces, int sessions, int targets, int perPool)
    {
        var pools = Enumerable.Range(0, targets).Select(number => new TrafficMirrorTarget(
            Id<TrafficMirrorTarget>.Parse($"tmt-{number:x17}"), new TargetDestination.NetworkLoadBalancer($"arn:{number}"),
            Tags.None)).ToDictionary(target => target.Id);
        var sensors = pools.Keys.Chunk(perPool).Index()
            .ToDictionary(
                pool => new SensorName(pool.Index == 0 ? "default" : $"s{pool.Index}"),
                pool => (IReadOnlyList<Id<TrafficMirrorTarget>>)pool.Item);
        var filter = Id<TrafficMirrorFilter>.Parse("tmf-1");
        var instances = Enumerable.Range(0, interfaces).Select(number =>
        {
            var id = Id<Instance>.Parse($"i-{number:x17}");

            // One in ten opts in: as many as an account may have sessions.
            var tag = number % 10 != 0 ? "false" : (number / 10 % sensors.Count) is 0 ? "true" : $"s{number / 10 % sensors.Count}";
            return new Instance
            {
                Id = id, State = InstanceState.Running, InstanceType = "m5.large", Tags = new Tags([new("Mirror", tag)]),
                NetworkInterfaces = [
                    new NetworkInterface
                    {
                        Id = Id<NetworkInterface>.Parse($"eni-{number:x17}"),
                        AvailabilityZone = "eu-west-1a",
                        Attachment = new(id, 0, AttachmentStatus.Attached),
                    }],
            };
        }).ToList();
        var configuration = new Configuration("/automirror", new ParameterSet(new Policy(), filter, sensors), pools, default);
        var empty = new Inventory { Instances = instances, SessionCoverage = new SessionCoverage.Account() };

        // The sessions that a first plan makes, so that the second finds most of its work done.
        var made = Planner.Plan(new Situation(Deployment.Default, configuration, empty)).Changes.OfType<Change.Create>().Take(sessions)
            .Index().Select(create => new TrafficMirrorSession
            {
                Id = Id<TrafficMirrorSession>.Parse($"tms-{create.Index:x17}"),
                NetworkInterfaceId = create.Item.NetworkInterfaceId,
                TargetId = create.Item.Settings.TargetId,
                FilterId = filter,
                SessionNumber = create.Item.Settings.SessionNumber,
                Description = create.Item.Settings.Description,
                Tags = create.Item.Settings.Tags,
            });
        return new Situation(Deployment.Default, configuration, empty with { Sessions = [.. made] });
    }
}

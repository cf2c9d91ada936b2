using System.Diagnostics;
using System.Globalization;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;

namespace AutoMirror.Benchmarks;

/// <summary>Plans a large account again and again.</summary>
internal static class PlannerSpeed
{
    private const int Rounds = 15;

    /// <summary>Runs it, and prints.</summary>
    public static void Run(int interfaces, int sessions, int targets, int perPool)
    {
        var (setup, inventory) = World(interfaces, sessions, targets, perPool);
        var times = new List<double>();
        long allocated = 0;
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var startedAt = Stopwatch.GetTimestamp();
            var plan = Planner.Plan(Deployment.Default, setup, inventory);
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (plan.Verdicts.Count != interfaces)
                throw new InvalidOperationException($"{plan.Verdicts.Count} verdicts of {interfaces}");
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{interfaces} interfaces, {sessions} sessions, {targets} targets, {perPool} a pool: min {times[0]:0} ms, median {times[Rounds / 2]:0} ms, max {times[^1]:0} ms, {allocated / 1e6:0} MB allocated"));
    }

    private static (Setup Setup, Inventory Inventory) World(int interfaces, int sessions, int targets, int perPool)
    {
        var pools = Enumerable.Range(0, targets).Select(number => new TrafficMirrorTarget(
            Id<TrafficMirrorTarget>.Parse($"tmt-{number:x17}"), new TargetDestination.NetworkLoadBalancer($"arn:{number}"), Tags.None)).ToDictionary(target => target.Id);
        var sensors = pools.Keys.Chunk(perPool).Index()
            .ToDictionary(pool => new SensorName(pool.Index == 0 ? "default" : $"s{pool.Index}"), pool => (IReadOnlyList<Id<TrafficMirrorTarget>>)pool.Item);
        var filter = Id<TrafficMirrorFilter>.Parse("tmf-1");
        var instances = Enumerable.Range(0, interfaces).Select(number =>
        {
            var id = Id<Instance>.Parse($"i-{number:x17}");

            // One in ten opts in: as many as an account may have sessions.
            var tag = number % 10 != 0 ? "false" : (number / 10 % sensors.Count) is 0 ? "true" : $"s{number / 10 % sensors.Count}";
            return new Instance
            {
                Id = id, State = InstanceState.Running, InstanceType = "m5.large", Tags = new Tags([new("Mirror", tag)]),
                NetworkInterfaces = [new NetworkInterface { Id = Id<NetworkInterface>.Parse($"eni-{number:x17}"), AvailabilityZone = "eu-west-1a", Attachment = new(id, 0, AttachmentStatus.Attached) }],
            };
        }).ToList();
        var setup = new Setup("/automirror", new Configuration(new Policy(), filter, sensors), pools, default);
        var empty = new Inventory { Instances = instances, SessionCoverage = new SessionCoverage.Account() };

        // The sessions that a first plan makes, so that the second finds most of its work done.
        var made = Planner.Plan(Deployment.Default, setup, empty).Changes.OfType<Change.Create>().Take(sessions).Index().Select(create => new TrafficMirrorSession
        {
            Id = Id<TrafficMirrorSession>.Parse($"tms-{create.Index:x17}"), NetworkInterfaceId = create.Item.NetworkInterfaceId, TargetId = create.Item.Settings.TargetId, FilterId = filter,
            SessionNumber = create.Item.Settings.SessionNumber, Description = create.Item.Settings.Description, Tags = create.Item.Settings.Tags,
        });
        return (setup, empty with { Sessions = [.. made] });
    }
}

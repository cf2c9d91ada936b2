using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Tests.Worlds;
using CsCheck;

namespace AutoMirror.Core.Tests.Planning;

/// <summary>What holds for plans of whole accounts.</summary>
public class PlannerProperties
{
    [Fact]
    public void Plan_is_sound_and_settles() => RandomWorld.Gen(200).Sample(Invariants.Hold, iter: 300, threads: 1);

    [Fact]
    public void Plan_of_a_small_account_is_sound_and_settles() => RandomWorld.Gen(6).Sample(Invariants.Hold, iter: 5_000, threads: 1);

    [Fact]
    public void Order_of_the_inventory_does_not_matter() => Gen.Select(RandomWorld.Gen(100), Gen.Int).Sample(
        (world, seed) =>
        {
            var random = new Random(seed);
            IReadOnlyList<T> Shuffled<T>(IEnumerable<T> items)
            {
                var array = items.ToArray();
                random.Shuffle(array);
                return array;
            }

            var inventory = world.Inventory with
            {
                Instances = Shuffled(
                    world.Instances.Values.Select(instance => instance with { NetworkInterfaces = Shuffled(instance.NetworkInterfaces) })),
                StandaloneInterfaces = Shuffled(world.Standalone),
                Sessions = Shuffled(world.Sessions),
            };
            var configuration = world.Configuration with
            {
                Targets = Shuffled(world.Targets).ToDictionary(),
                Parameters = world.Configuration.Parameters with
                {
                    Sensors = Shuffled(world.Sensors).ToDictionary(),
                },
            };
            Assert.Equal(
                world.RawPlan().Canonical(),
                Planner.Plan(world.Situation with { Configuration = configuration, Inventory = inventory }).Canonical());
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void Plan_of_some_instances_is_the_plan_of_all_as_far_as_they_go() => Gen.Select(Gen.Int[2, 60], Gen.Int).Sample(
        (size, seed) =>
        {
            var world = new RandomWorld(new Random(seed)).Build(size, hasLimits: false, hasForeign: false);
            world.Policy = world.Policy with { SessionNumber = SessionNumber.First };
            var whole = world.RawPlan();
            var some = world.Instances.Values.Where((_, index) => index % 2 == 0).ToList();
            var ids = some.SelectMany(instance => instance.NetworkInterfaces).Select(each => each.Id).ToHashSet();
            var inventory = world.Inventory with
            {
                Instances = some,
                StandaloneInterfaces = [],
                Sessions = [.. world.Sessions.Where(session => ids.Contains(session.NetworkInterfaceId))],
                SessionCoverage = SessionCoverage.OwnedOnly,
            };
            var part = Planner.Plan(world.Situation with { Inventory = inventory });

            // Only a full sync moves a session from a fallback number, sees what may stand below it, and who shares a network identifier.
            string Told(Plan plan, Id<NetworkInterface> id) => string.Join('\n', plan.Lines(id).Where(line => !line.StartsWith('~'))
                .Select(line => line.Replace(" (perhaps shadowed)", "", StringComparison.Ordinal).Split(": its session keeps")[0])
                .Concat(
                    plan.Changes.OfType<Change.Modify>().Where(change => change.NetworkInterfaceId == id)
                        .Select(change => change.Difference with { SessionNumber = null, RemoveVirtualNetworkId = false })
                        .Where(difference => !difference.IsNone)
                        .Select(difference => $"{string.Join(' ', difference.ChangedFields)} {difference.Tags}")));
            foreach (var id in ids)
                Assert.Equal(Told(whole, id), Told(part, id));
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void Losing_one_of_some_targets_moves_its_sessions_only() => Gen.Select(Gen.Int[2, 8], Gen.Int).Sample(
        (targets, salt) =>
        {
            var world = Pool(targets, 200, salt);
            Settle(world);

            // Wherever they are by now (a full target, another zone, an older pool), not only where they would be placed today.
            var pool = world.Sensors[SensorName.Default];
            var placed = world.Sessions.Select(
                (session, index) => session with { TargetId = pool[(int)((uint)(index + salt) % pool.Count)] })
                .ToList();
            world.Sessions.Clear();
            world.Sessions.AddRange(placed);
            var lost = pool[0];
            var its = world.Sessions.Where(session => session.TargetId == lost).Select(session => session.Id).ToHashSet();
            world.Sensors[SensorName.Default] = [.. world.Sensors[SensorName.Default].Skip(1)];
            var plan = world.RawPlan();
            Assert.All(plan.Changes, change => Assert.NotNull(Assert.IsType<Change.Modify>(change).Difference.TargetId));
            Assert.Equal(its.Order(), plan.Changes.Select(change => ((Change.Modify)change).Session.Id).Order());
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void Adding_a_target_takes_its_share_of_new_placements_and_of_each_target_alike() => Gen.Select(Gen.Int[1, 8], Gen.Int).Sample(
        (targets, salt) =>
        {
            const int Sources = 2_000;
            var before = Placements(Pool(targets, Sources, salt));
            var after = Placements(Pool(targets + 1, Sources, salt));
            var moved = after.Where(entry => before[entry.Key] != entry.Value).ToList();
            Assert.All(moved, entry => Assert.Equal($"tmt-{targets + 1}", entry.Value.Value));
            Assert.InRange(moved.Count, 0.7 * Sources / (targets + 1), 1.3 * Sources / (targets + 1));
            Assert.All(
                after.Values.CountBy(target => target),
                target => Assert.InRange(target.Value, 0.7 * Sources / (targets + 1), 1.3 * Sources / (targets + 1)));
        },
        iter: 30,
        threads: 1);

    [Fact]
    public void Adding_a_target_moves_no_session()
    {
        var world = Pool(3, 300, 0);
        Settle(world);
        world.Sensors[SensorName.Default] = [.. world.Sensors[SensorName.Default], Id<TrafficMirrorTarget>.Parse("tmt-9")];
        world.Targets[Id<TrafficMirrorTarget>.Parse("tmt-9")] = new(
            Id<TrafficMirrorTarget>.Parse("tmt-9"), new TargetDestination.NetworkLoadBalancer("arn:9"), Tags.None);
        Assert.Empty(world.RawPlan().Changes);
    }

    private static World Pool(int targets, int sources, int salt)
    {
        var ids = Enumerable.Range(1, targets).Select(number => $"tmt-{number}").ToList();
        return WorldText.Read(string.Join('\n',
        [
            $"sensor default {string.Join(' ', ids)}",
            .. ids.Select(id => $"target {id} nlb"),
            .. Enumerable.Range(0, sources).Select(number => $"eni-{(uint)salt:x}{number} i-{number} running m5.large Mirror=yes"),
        ]));
    }

    private static Dictionary<Id<NetworkInterface>, Id<TrafficMirrorTarget>> Placements(World world) =>
        world.RawPlan().Changes.OfType<Change.Create>()
            .ToDictionary(create => create.NetworkInterfaceId, create => create.Settings.TargetId);

    private static void Settle(World world)
    {
        var ec2 = new FakeEc2(world);
        Assert.Empty(ec2.Apply(world.RawPlan(), ""));
        world.Sessions.AddRange(ec2.Sessions.Values);
    }
}

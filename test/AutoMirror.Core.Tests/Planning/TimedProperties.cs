using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Tests.Worlds;
using CsCheck;

namespace AutoMirror.Core.Tests.Planning;

/// <summary>What ends that anybody may have written on sessions are worth: nothing without a rule, and never more than the rule.</summary>
public class TimedProperties
{
    private static readonly Gen<(World World, int Seed)> Forged = Gen.Select(
        RandomWorld.Gen(60), Gen.Int, (world, seed) => (Forge(world, new Random(seed)), seed));

    [Fact]
    public void Without_a_rule_a_forged_end_is_worthless() => Forged.Sample(
        forged =>
        {
            var honest = Without(forged.World.Inventory, Ownership.UntilKey);
            var told = WithoutTags(Planner.Plan(forged.World.Situation with { Inventory = honest }));
            Assert.Equal(told, WithoutTags(forged.World.RawPlan()));
        },
        iter: 200, threads: 1);

    [Fact]
    public void A_rule_for_findings_permits_no_capture_and_a_rule_for_captures_no_finding() => Forged.Sample(
        forged =>
        {
            var world = forged.World;
            Plan Under(Policy policy) => Planner.Plan(world.Situation with
            {
                Configuration = world.Configuration with { Parameters = world.Configuration.Parameters with { Policy = policy } },
            });
            Assert.DoesNotContain(
                Under(world.Policy with { GuardDuty = new() }).Verdicts.SelectMany(each => each.Because), each => each is Reason.Captured);
            Assert.DoesNotContain(
                Under(world.Policy with { Capture = new() }).Verdicts.SelectMany(each => each.Because), each => each is Reason.Found);
        },
        iter: 100, threads: 1);

    [Fact]
    public void With_the_rule_an_end_is_worth_at_most_its_hours_from_now() => Gen.Select(Forged, Gen.Int[1, 48]).Sample(
        (forged, hours) =>
        {
            var world = forged.World;
            world.Policy = world.Policy with { Capture = new CaptureRule { Hours = hours } };
            var latest = World.ReadAt + TimeSpan.FromHours(hours);
            var plan = world.RawPlan();
            Assert.All(plan.Verdicts.SelectMany(each => each.Because).OfType<Reason.Captured>(), captured =>
                Assert.InRange(captured.Until, World.ReadAt, latest));
            Assert.All(plan.Changes.Select(EndIn).OfType<SessionEnd>(), end => Assert.InRange(end.At, World.ReadAt, latest));

            // Once the plan is carried out, the ends are those: when the hours are over, nothing is mirrored for a capture any more.
            CarryOut(world, plan);
            world.Captures.Clear();
            CarryOut(world, world.RawPlan());
            var after = Planner.Plan(world.Situation with { Inventory = world.Inventory with { Now = latest } });
            Assert.DoesNotContain(
                after.Verdicts, each => each.Verdict is Verdict.Mirrored && each.Because.Any(why => why is Reason.Captured));
        },
        iter: 200, threads: 1);

    [Fact]
    public void A_plan_with_captures_settles() => Forged.Sample(
        forged =>
        {
            forged.World.Policy = forged.World.Policy with { Capture = new(), GuardDuty = new() };
            Invariants.Hold(forged.World);
        },
        iter: 200, threads: 1);

    private static void CarryOut(World world, Plan plan)
    {
        var ec2 = new FakeEc2(world);
        ec2.Apply(plan, "");
        world.Sessions.Clear();
        world.Sessions.AddRange(ec2.Sessions.Values);
    }

    /// <summary>Puts ends of both kinds on sessions, and captures on instances.</summary>
    private static World Forge(World world, Random random)
    {
        for (var i = 0; i < world.Sessions.Count; i++)
        {
            var end = new SessionEnd(
                SessionEnd.WholeSecond(World.ReadAt.AddMinutes(random.Next(-600, 6000))), (EndReason)random.Next(2));
            var session = world.Sessions[i];
            if (random.Next(2) == 0)
                world.Sessions[i] = session with { Tags = new Tags(session.Tags.Pairs.Append(new(Ownership.UntilKey, end.ToString()))) };
        }

        foreach (var instance in world.Instances.Keys.Where(_ => random.Next(4) == 0))
        {
            world.Captures.Add(new MirrorEvent.Capture(
                new Scope.Part { Instances = [instance] }, World.ReadAt.AddMinutes(random.Next(-600, 6000)),
                random.Next(2) == 0 ? null : new SensorName(random.Next(2) == 0 ? "ids" : "typo")));
        }

        return world;
    }

    private static Core.Observing.Inventory Without(Core.Observing.Inventory inventory, string key) => inventory with
    {
        Sessions =
        [
            .. inventory.Sessions.Select(session => session with { Tags = new Tags(session.Tags.Pairs.Where(pair => pair.Key != key)) }),
        ],
    };

    /// <summary>All of a plan but for the tags that are put right.</summary>
    private static IEnumerable<string> WithoutTags(Plan plan) =>
    [
        .. plan.Canonical().Split('\n').Where(line => !line.Contains(" ~ ", StringComparison.Ordinal)),
        .. plan.Changes.OfType<Change.Modify>().Where(modify => modify.Difference.ChangesSettings).Select(modify =>
            $"{modify.Session.Id} {modify.Cause} {modify.Difference with { Tags = Tags.None, RemovedTags = [] }}"),
    ];

    private static SessionEnd? EndIn(Change change) => change switch
    {
        Change.Create create => SessionEnd.TryParse(create.Settings.Tags[Ownership.UntilKey]),
        Change.Modify modify => SessionEnd.TryParse(modify.Difference.Tags[Ownership.UntilKey]),
        _ => null,
    };
}

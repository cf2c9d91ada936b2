using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>What holds for every plan of every world.</summary>
internal static class Invariants
{
    // Where targets are full, a move can wait for the room that another move makes.
    private const int MostRounds = 6;

    public static void Hold(World world)
    {
        var plan = world.RawPlan();
        Assert.All(plan.Changes, change => AssertSound(world, change));
        AssertOneVerdictEach(world, plan);
        Assert.Empty(CheckedPlan.Of(world.Situation).BrokenRules);
        if (world.Coverage == "account")
            AssertSettles(world, plan);
    }

    private static void AssertSound(World world, Change change)
    {
        var session = (change as Change.Modify)?.Session ?? (change as Change.Delete)?.Session;
        Assert.True(session is null || session.Tags["automirror:managed-by"] == world.Deployment.Name, $"{change} is on a foreign session");
        if (change is Change.Modify { Difference.TargetId: not null } moved)
        {
            var pool = world.Sensors.GetValueOrDefault(moved.Settings.Sensor) ?? [];
            Assert.False(
                pool.Contains(moved.Session.TargetId) && world.Targets.ContainsKey(moved.Session.TargetId)
                && world.Situation.Equipment.Of(moved.Session.TargetId).State is CaptureState.Living or CaptureState.Unknown,
                $"{moved.Session.Id} was well placed");
        }
    }

    private static void AssertOneVerdictEach(World world, Plan plan) => Assert.Equal(
        world.Interfaces.Select(each => each.Id).Concat(world.MissingInterfaces).Order(),
        plan.Verdicts.Select(verdict => verdict.NetworkInterfaceId).OfType<Id<NetworkInterface>>().Order());

    /// <summary>EC2 takes the whole plan, and planning again finds nothing to do.</summary>
    private static void AssertSettles(World world, Plan plan)
    {
        var ec2 = new FakeEc2(world);
        var rounds = 1;
        for (; plan.Changes.Count > 0; rounds++)
        {
            Assert.True(rounds <= MostRounds, $"It does not settle: {plan.Canonical()}");
            var isLimited = plan.Verdicts.Any(
                verdict => verdict.Because.Any(reason => reason is Reason.AllTargetsFull or Reason.NoRoomToMove));
            Assert.Empty(ec2.Apply(plan, $"{rounds}"));
            AssertMirrored(world, plan, ec2);
            world.Sessions.Clear();
            world.Sessions.AddRange(ec2.Sessions.Values);
            plan = world.RawPlan();
            Assert.True(
                plan.Changes.All(change => change is not Change.Create)
                    || plan.Changes.Any(change => change is Change.Modify { Difference.TargetId: not null }),
                $"A source waited for room that was there: {plan.Canonical()}");
            Assert.True(isLimited || plan.Changes.Count == 0, $"A second plan finds more to do: {plan.Canonical()}");
        }

        Assert.All(ec2.Sessions.Values.GroupBy(session => session.NetworkInterfaceId), group =>
        {
            Assert.True(group.Count() <= Quotas.SessionsPerInterface);
            Assert.Distinct(group.Select(session => session.SessionNumber));
        });
        Assert.All(world.Targets.Values.Where(target => CapacityOf(world, target) is not null), target =>
            Assert.True(
                ec2.Sessions.Values.Where(session => session.TargetId == target.Id).Select(session => session.NetworkInterfaceId).Distinct()
                    .Count() <= CapacityOf(world, target),
                $"{target.Id} is above its capacity"));
    }

    private static int? CapacityOf(World world, TrafficMirrorTarget target) =>
        TargetCapacity.Of(target.Destination, world.CapturePoints.GetValueOrDefault(target.Id)?.InstanceType);

    /// <summary>A verdict of mirrored is true once the plan is carried out: there is one such session.</summary>
    private static void AssertMirrored(World world, Plan plan, FakeEc2 ec2)
    {
        var sessions = ec2.Sessions.Values.ToLookup(session => session.NetworkInterfaceId);
        foreach (var verdict in plan.Verdicts)
        {
            if (verdict.Verdict is not Verdict.Mirrored { Settings: var settings })
                continue;
            var session = Assert.Single(sessions[settings.NetworkInterfaceId], world.Situation.Owner.Owns);
            var difference = SessionDifference.Between(session, settings, isLoadBalancer: true, sharesVirtualNetworkId: false);
            Assert.True(difference.IsNone, $"{session} is not {settings}");
        }
    }
}

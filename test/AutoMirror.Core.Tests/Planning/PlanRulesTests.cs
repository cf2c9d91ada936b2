using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Planning;

/// <summary>Each rule fires on a plan that breaks it, and on no other.</summary>
public class PlanRulesTests
{
    private const string Text = """
        sensor default tmt-1
        target tmt-1 eni-s - -
        eni-a i-1 running m5.large Mirror=yes
        eni-b i-2 running m5.large Mirror=no
          tms-1 → tmt-1 #1 ours
        eni-c i-3 running m5.large Mirror=yes
          tms-2 → tmt-9 #1 foreign
          tms-3 → tmt-9 #2 foreign
          tms-4 → tmt-9 #3 foreign
        eni-d i-4 running m5.large Mirror=yes
          tms-5 → tmt-1 #1 ours filter=tmf-9
        eni-s i-9 running m5.large
        """;

    private static readonly World World = WorldText.Read(Text);

    private static Situation Situation => World.Situation with { AllowDeletes = true };

    [Fact]
    public void Sound_plan_breaks_no_rule() => Assert.Empty(Broken(World.Plan()));

    [Fact]
    public void Foreign_session_is_neither_modified_nor_deleted()
    {
        var foreign = World.Sessions.Single(session => session.Id.Value == "tms-2");
        Assert.Equal(
            ["the foreign session tms-2 would be deleted"], Broken(With(new Change.Delete(foreign) { Cause = ChangeCause.Source })));
        Assert.Contains("the foreign session tms-2 would be modified", Broken(With(Planned<Change.Modify>() with { Session = foreign })));
    }

    [Fact]
    public void Mirror_target_becomes_no_source() =>
        Assert.Equal(["eni-s is a mirror target and would become a source"], Broken(With(Create("eni-s", 1))));

    [Fact]
    public void Interface_that_was_not_seen_is_not_touched() =>
        Assert.Equal(["eni-z was not seen, and its session would be changed"], Broken(With(Create("eni-z", 1))));

    [Fact]
    public void Interface_gets_no_fourth_session() => Assert.Equal(["eni-c would have 4 sessions"], Broken(With(Create("eni-c", 9))));

    [Fact]
    public void Number_is_given_once_on_an_interface() =>
        Assert.Equal(["eni-b would have 2 sessions with the number 1"], Broken(With(Create("eni-b", 1))));

    [Fact]
    public void Number_that_a_modification_takes_is_free()
    {
        var modify = Planned<Change.Modify>();
        var taken = World.Sessions.Single(
            session =>
                session.Id.Value == "tms-5") with
        {
            Id =
                    Id<TrafficMirrorSession>.Parse("tms-6"),
            SessionNumber = SessionNumber.TryFrom(7)!.Value,
            Tags = Tags.None
        };
        var plan = With(
            modify with
            {
                Settings = modify.Settings with { SessionNumber = taken.SessionNumber },
                Difference = new SessionDifference { SessionNumber = taken.SessionNumber },
            });
        var inventory = World.Inventory with { Sessions = [.. World.Sessions, taken] };
        Assert.Equal(["eni-d would have 2 sessions with the number 7"], PlanRules.Broken(plan, Situation with { Inventory = inventory }));
    }

    [Fact]
    public void Number_that_ec2_shows_twice_is_no_fault_of_the_plan()
    {
        // Just deleted and still listed, beside the one that was made since.
        var ghost = World.Sessions.Single(
            session => session.Id.Value == "tms-5") with
        { Id = Id<TrafficMirrorSession>.Parse("tms-6"), Tags = Tags.None };
        var inventory = World.Inventory with { Sessions = [.. World.Sessions, ghost] };
        var plan = Planner.Plan(Situation with { Inventory = inventory });
        Assert.Contains(plan.Changes, change => change.NetworkInterfaceId.Value == "eni-d");
        Assert.Empty(PlanRules.Broken(plan, Situation with { Inventory = inventory }));
    }

    [Fact]
    public void Interface_has_one_verdict()
    {
        var plan = World.Plan();
        Assert.Equal(
            ["eni-a has 2 verdicts"],
            Broken(
                plan with { Verdicts = [.. plan.Verdicts, plan.Verdicts.First(verdict => verdict.NetworkInterfaceId?.Value == "eni-a")] }));
    }

    [Fact]
    public void Incomplete_inventory_deletes_nothing()
    {
        World.Gaps.Add("DescribeInstances");
        var inventory = World.Inventory;
        World.Gaps.Clear();
        Assert.Equal(
            ["an incomplete inventory would delete sessions"], PlanRules.Broken(World.RawPlan(), Situation with { Inventory = inventory }));
    }

    [Theory]
    [InlineData("account", false, true)]
    [InlineData("owned", false, true)]
    [InlineData("account", true, false)]
    public void Plan_stays_within_the_blast_radius_unless_somebody_stands_for_more(string sessions, bool allowDeletes, bool isBroken)
    {
        var world = WorldText.Read(
            "policy {\"limits\":{\"deletes\":0,\"percent\":0,\"scopedDeletes\":0}}\nsessions " + sessions + "\n" + Text);
        var broken = PlanRules.Broken(world.RawPlan(), world.Situation with { AllowDeletes = allowDeletes });
        Assert.Equal(isBroken ? ["1 delete or target change is beyond the policy's limits"] : [], broken);
    }

    [Fact]
    public void Nothing_is_deleted_where_the_mode_says_so()
    {
        var world = WorldText.Read("policy {\"mode\":\"create-only\"}\n" + Text);
        Assert.Equal(
            ["a plan in the mode create-only would delete sessions"],
            PlanRules.Broken(world.RawPlan(), world.Situation with { AllowDeletes = true }));
    }

    private static T Planned<T>()
        where T : Change => World.RawPlan().Changes.OfType<T>().Single();

    private static Change.Create Create(string networkInterface, int number)
    {
        var create = Planned<Change.Create>();
        return create with
        {
            Settings =
                create.Settings with
                {
                    NetworkInterfaceId = Id<NetworkInterface>.Parse(networkInterface),
                    SessionNumber = SessionNumber.TryFrom(number)!.Value,
                },
        };
    }

    private static Plan With(Change change) => World.RawPlan() with { Changes = [change] };

    private static IReadOnlyList<string> Broken(Plan plan) => PlanRules.Broken(plan, Situation);
}

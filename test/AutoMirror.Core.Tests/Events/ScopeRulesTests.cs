using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using static AutoMirror.Core.Tests.Events.Samples;

namespace AutoMirror.Core.Tests.Events;

/// <summary>Where events lead under a policy.</summary>
public class ScopeRulesTests
{
    [Fact]
    public void Tags_that_do_not_count_lead_nowhere()
    {
        var change = Read("tags-instance-opted-in");

        Assert.IsType<Scope.Nothing>(ScopeOf(change, new Policy { TagKey = "Other" }));
        Assert.IsType<Scope.Part>(ScopeOf(change, new Policy()));
        Assert.IsType<Scope.Part>(
            ScopeOf(
                change,
                new Policy
                {
                    TagKey = "Other",
                    Exclude = new Exclusions { Tags = new Dictionary<string, IReadOnlyList<string>> { ["Mirror"] = ["*"] } },
                }));
        Assert.IsType<Scope.Nothing>(ScopeOf(Read("tags-subnet"), new Policy()));
    }

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/automirror-us-east-1/automirror", true)]
    [InlineData("arn:aws:sts::123456789012:assumed-role/automirror-us-east-1/somebody", false)]
    [InlineData("arn:aws:sts::123456789012:assumed-role/other/automirror", false)]
    [InlineData("arn:aws:iam::123456789012:user/automirror", false)]
    [InlineData("automirror", false)]
    public void Only_the_functions_own_session_of_its_role_is_itself(string caller, bool isOwn)
    {
        var deleted = Mutated("api-delete-session", "detail.userIdentity.arn", $"\"{caller}\"");

        Assert.Equal(isOwn, ScopeOf(deleted) is Scope.Nothing);
    }

    [Fact]
    public void A_deletion_before_the_last_full_sync_is_covered_by_it()
    {
        var deleted = Read("api-delete-session");
        var at = deleted.Time!.Value;

        Assert.IsType<Scope.Nothing>(Rules(lastFullSyncAt: at.AddSeconds(30)).Of(deleted));
        Assert.IsType<Scope.Everything>(Rules(lastFullSyncAt: at.AddSeconds(5)).Of(deleted));
        Assert.IsType<Scope.Everything>(Rules().Of(deleted));
    }

    [Fact]
    public void A_deletion_waits_for_a_full_sync_that_it_shares_where_one_was_just_made()
    {
        var at = new DateTimeOffset(2026, 5, 19, 9, 30, 0, TimeSpan.Zero);

        Assert.Equal(new Scope.Later(at), Rules(earliestSharedSync: at).Of(Read("api-delete-session")));
        Assert.IsType<Scope.Everything>(Rules(earliestSharedSync: at).Of(Read("schedule")));
    }

    [Fact]
    public void An_event_of_another_Region_leads_nowhere() =>
        Assert.IsType<Scope.Nothing>(ScopeOf(Mutated("state-running", "region", "\"eu-west-1\"")));

    [Fact]
    public void A_parameter_elsewhere_leads_nowhere() =>
        Assert.IsType<Scope.Nothing>(ScopeOf(Mutated("parameter-changed", "detail.name", "\"/automirror-other/policy\"")));

    [Fact]
    public void A_finding_counts_when_the_policy_says_so_and_it_is_severe_enough()
    {
        var finding = Read("guardduty-finding");

        Assert.IsType<Scope.Part>(ScopeOf(finding, new Policy { GuardDuty = new GuardDutyRule { Severity = 7 } }));
        Assert.IsType<Scope.Nothing>(ScopeOf(finding, new Policy { GuardDuty = new GuardDutyRule { Severity = 9.5 } }));
    }

    [Fact]
    public void A_capture_counts_when_the_policy_permits_it()
    {
        var capture = new MirrorEvent.Capture(
            new Scope.Part { Instances = [Id<Instance>.Parse("i-1")] }, DateTimeOffset.UnixEpoch, Sensor: null);

        Assert.IsType<Scope.Part>(ScopeOf(capture, new Policy { Capture = new CaptureRule() }));
        Assert.IsType<Scope.Nothing>(ScopeOf(capture, new Policy { GuardDuty = new GuardDutyRule() }));
        Assert.True(ScopeRules.DependOnPolicy([capture]));
    }

    [Fact]
    public void Many_ids_are_a_full_sync_where_that_takes_fewer_calls()
    {
        Scope Of(int count) =>
            new Scope.Part { Instances = [.. Enumerable.Range(0, count).Select(number => Id<Instance>.Parse($"i-{number:x17}"))] };

        Assert.IsType<Scope.Part>(Widening.Of(Of(2000), null));
        Assert.IsType<Scope.Everything>(Widening.Of(Of(2001), null));
        Assert.IsType<Scope.Everything>(Widening.Of(Of(250), 2));
        Assert.IsType<Scope.Part>(Widening.Of(Of(200), 2));
    }
}

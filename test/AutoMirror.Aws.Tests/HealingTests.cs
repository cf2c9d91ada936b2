using Amazon.EC2.Model;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>What others do to sessions is undone, and what the function does itself causes no work.</summary>
public sealed class HealingTests : OnAQueue
{
    [Fact]
    public async Task A_session_deleted_by_hand_is_made_again_and_own_calls_cause_no_work()
    {
        using var function = Function();
        _account.Cloud.RegisterCaller("AKIATESTFUNCTION", Role, "automirror");
        await _account.LaunchAsync();
        Assert.Empty(await AnswerAsync(function, ["{}"]));
        var session = Assert.Single(await _account.SessionsAsync());

        await _account.Ec2.DeleteTrafficMirrorSessionAsync(
            new DeleteTrafficMirrorSessionRequest { TrafficMirrorSessionId = session.TrafficMirrorSessionId });
        using var fresh = Function();
        Assert.Empty(await AnswerAsync(fresh, CallsSeen()));
        Assert.Single(await _account.SessionsAsync());

        // What that did is seen in CloudTrail too: it leads to no call at all.
        var own = CallsSeen().Where(call => call.Contains(Role, StringComparison.Ordinal)).ToList();
        _account.Cloud.Requests.Clear();
        Assert.Empty(await AnswerAsync(fresh, own));
        Assert.NotEmpty(own);
        Assert.Empty(_account.CallsOfFunction());
    }

    [Fact]
    public async Task Events_of_many_deletions_share_one_look_a_minute()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var function = Function(time: time);
        await _account.LaunchAsync();
        Assert.Empty(await AnswerAsync(function, ["{}"]));
        var described = Count("DescribeInstances");

        for (var i = 0; i < 10; i++)
            Assert.Empty(await AnswerAsync(function, [Deleted(time.GetUtcNow()), Deleted(time.GetUtcNow())]));

        Assert.Equal(described, Count("DescribeInstances"));
        Assert.Equal(1, _account.Cloud.Sqs.Get("events").Delayed);
        time.Advance(Core.Events.ScopeRules.BetweenSharedSyncs);
        Assert.Empty(await AnswerAsync(function, [Deleted(time.GetUtcNow())]));
        Assert.Equal(described + 1, Count("DescribeInstances"));
    }

    /// <summary>Even where the function can't tell its own calls, they lead to looks
    /// that change nothing, and so to no further calls.</summary>
    [Fact]
    public async Task No_feedback_loop_is_possible_even_where_own_calls_are_not_known()
    {
        using var function = new FunctionUnderTest(_account);
        await _account.LaunchAsync(count: 3);
        await function.ReportAsync("{}");
        await _account.Ec2.DeleteTrafficMirrorSessionAsync(
            new DeleteTrafficMirrorSessionRequest { TrafficMirrorSessionId = (await _account.SessionsAsync())[0].TrafficMirrorSessionId });

        var rounds = 0;
        var seen = 0;
        for (var calls = CallsSeen(); calls.Count > seen && rounds < 20; calls = CallsSeen(), rounds++)
        {
            var fresh = calls.Skip(seen).ToList();
            seen = calls.Count;
            foreach (var call in fresh)
                await function.ReportAsync(call);
        }

        Assert.InRange(rounds, 1, 3);
        Assert.Equal(3, (await _account.SessionsAsync()).Count);
    }

    private List<string> CallsSeen() =>
        [
            .. _account.Cloud.Events.History.Where(
                each =>
                    each.DetailType == "AWS API Call via CloudTrail"
                        && $"{each.Detail["eventName"]}".EndsWith("TrafficMirrorSession", StringComparison.Ordinal))
                .Select(each => each.Json),
        ];

    private static string Deleted(DateTimeOffset at) => $$"""
        {"source":"aws.ec2","detail-type":"AWS API Call via CloudTrail","region":"us-east-1","detail":{"eventTime":"{{at:O}}","eventName":"DeleteTrafficMirrorSession",
         "userIdentity":{"arn":"arn:aws:sts::123456789012:assumed-role/deploy/somebody"},"requestParameters":{"DeleteTrafficMirrorSessionRequest":{"TrafficMirrorSessionId":"tms-0123456789abcdef0"} } } }
        """;
}

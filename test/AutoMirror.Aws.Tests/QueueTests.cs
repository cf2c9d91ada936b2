using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using AutoMirror.Aws.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>Batches from a queue, what is handed on, and healing.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private const string Role = "automirror-us-east-1";

    private EmulatedAccount _account = null!;
    private string _queueUrl = "";

    public async Task InitializeAsync()
    {
        _account = await EmulatedAccount.StartAsync();
        await _account.PutAsync("targets/default", await _account.NewLoadBalancerTargetAsync());
        _queueUrl = _account.Cloud.Sqs.Create("events").Url;
    }

    public async Task DisposeAsync() => await _account.DisposeAsync();

    [Fact]
    public async Task A_batch_is_one_scope_and_one_plan()
    {
        using var function = Function();
        var instances = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _account.LaunchAsync()));
        await function.InitializeAsync();
        _account.Cloud.Requests.Clear();

        var failures = await AnswerAsync(function, instances.SelectMany(instance => new[] { Running(instance), Running(instance) }));

        Assert.Empty(failures);
        Assert.Equal(5, (await _account.SessionsAsync()).Count);
        Assert.Equal((1, 1, 5), (Count("DescribeInstances"), Count("DescribeTrafficMirrorSessions") - 1, Count("CreateTrafficMirrorSession")));
    }

    [Fact]
    public async Task A_poison_record_comes_back_alone()
    {
        using var function = Function();
        var instance = await _account.LaunchAsync();

        var failures = await AnswerAsync(function, ["{not json", Running(instance), """{"dryrun":true}"""]);

        Assert.Equal(["m-0", "m-2"], failures);
        Assert.Single(await _account.SessionsAsync());
        Assert.Contains(function.Log, line => line.TryGetProperty("message", out var text) && text.GetString()!.Contains("message m-0 cannot be understood", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_records_whose_work_failed_come_back()
    {
        var good = await _account.LaunchAsync();
        var bad = await _account.LaunchAsync();
        var refused = bad.NetworkInterfaces[0].NetworkInterfaceId;
        using var function = Function(new GateTransport(async (action, request, send) =>
            action == "CreateTrafficMirrorSession" && (await request.Content!.ReadAsStringAsync()).Contains(refused, StringComparison.Ordinal)
                ? new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden)
                {
                    RequestMessage = request,
                    Content = new StringContent("<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors><RequestID>1</RequestID></Response>"),
                }
                : await send()));

        var failures = await AnswerAsync(function, [Running(good), Running(bad), Running(good)]);

        Assert.Equal(["m-1"], failures);
        Assert.Equal(good.NetworkInterfaces[0].NetworkInterfaceId, Assert.Single(await _account.SessionsAsync()).NetworkInterfaceId);
    }

    [Fact]
    public async Task A_misconfiguration_fails_the_whole_batch()
    {
        await _account.PutAsync("policy", "{");
        using var function = Function();

        var outcome = await InvokeAsync(function, [Running(await _account.LaunchAsync())]);

        Assert.Equal("AutoMirror.Misconfigured", Assert.IsType<InvocationOutcome.Failed>(outcome).ErrorType);
    }

    [Fact]
    public async Task What_time_does_not_allow_is_handed_on_once_and_its_records_count_as_done()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _account.LaunchAsync()));
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var function = Function(SlowCreates(time), time: time);

        var failures = await AnswerAsync(function, instances.Select(Running), TimeSpan.FromSeconds(30));

        var made = (await _account.SessionsAsync()).Count;
        Assert.Empty(failures);
        Assert.InRange(made, 1, 19);
        var message = JsonNode.Parse(Assert.Single(_account.Cloud.Sqs.Get("events").Bodies))!;
        Assert.Equal(20 - made, message["detail"]!["instanceIds"]!.AsArray().Count);
        Assert.Equal(0, (int)message["detail"]!["idleTurns"]!);

        // The continuation finishes the work.
        Assert.Empty(await AnswerAsync(Function(), [message.ToJsonString()]));
        Assert.Equal(20, (await _account.SessionsAsync()).Count);
    }

    [Fact]
    public async Task A_chain_of_continuations_that_does_not_get_on_ends_with_an_error()
    {
        var instance = await _account.LaunchAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);

        // EC2 throttles every change, for ever.
        using var function = Function(new GateTransport((action, request, send) => action == "CreateTrafficMirrorSession"
            ? Task.FromResult(Throttled(request, time))
            : send()), time: time);
        var queue = _account.Cloud.Sqs.Get("events");
        var next = Running(instance);
        var turns = 0;
        List<string> failures = [];
        while (failures.Count == 0 && turns++ < 20)
        {
            queue.Purge();
            time.Advance(TimeSpan.FromSeconds(1));
            failures = await AnswerAsync(function, [next], TimeSpan.FromSeconds(30));
            next = queue.Bodies is [var body] ? body : next;
        }

        Assert.Equal(Core.Batching.BatchHandler.MostIdleTurns, turns);
        Assert.Equal(["m-0"], failures);
        Assert.Contains(function.Log, line => line.TryGetProperty("message", out var text) && text.GetString()!.Contains("in a row could not change anything", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_handed_on_comes_back()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _account.LaunchAsync()));
        _account.Cloud.Sqs.Delete("events");
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var function = Function(SlowCreates(time), time: time);

        var failures = await AnswerAsync(function, instances.Select(Running), TimeSpan.FromSeconds(30));

        Assert.Equal(20 - (await _account.SessionsAsync()).Count, failures.Count);
    }

    [Fact]
    public async Task A_session_deleted_by_hand_is_made_again_and_own_calls_cause_no_work()
    {
        using var function = Function();
        _account.Cloud.RegisterCaller("AKIATESTFUNCTION", Role, "automirror");
        await _account.LaunchAsync();
        Assert.Empty(await AnswerAsync(function, ["{}"]));
        var session = Assert.Single(await _account.SessionsAsync());

        await _account.Ec2.DeleteTrafficMirrorSessionAsync(new DeleteTrafficMirrorSessionRequest { TrafficMirrorSessionId = session.TrafficMirrorSessionId });
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

    /// <summary>Even where the function can't tell its own calls, they lead to looks that change nothing, and so to no further calls.</summary>
    [Fact]
    public async Task No_feedback_loop_is_possible_even_where_own_calls_are_not_known()
    {
        using var function = new FunctionUnderTest(_account);
        await _account.LaunchAsync(count: 3);
        await function.ReportAsync("{}");
        await _account.Ec2.DeleteTrafficMirrorSessionAsync(new DeleteTrafficMirrorSessionRequest { TrafficMirrorSessionId = (await _account.SessionsAsync())[0].TrafficMirrorSessionId });

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

    private FunctionUnderTest Function(GateTransport? transport = null, TimeProvider? time = null) => new(_account, transport, new Dictionary<string, string?>
    {
        ["AUTOMIRROR_QUEUE_URL"] = _queueUrl, ["AUTOMIRROR_ROLE_NAME"] = Role, ["AWS_LAMBDA_FUNCTION_NAME"] = "automirror",
    }, time);

    private static GateTransport SlowCreates(FakeTimeProvider time) => new(async (action, _, send) =>
    {
        if (action == "CreateTrafficMirrorSession")
            time.Advance(TimeSpan.FromSeconds(5));
        return await send();
    });

    private static HttpResponseMessage Throttled(HttpRequestMessage request, FakeTimeProvider time)
    {
        // The invocation's time is over by the time that this is read.
        time.Advance(TimeSpan.FromSeconds(28));
        return new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable)
        {
            RequestMessage = request,
            Content = new StringContent("<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors><RequestID>1</RequestID></Response>"),
        };
    }

    private List<string> CallsSeen() =>
        [.. _account.Cloud.Events.History.Where(each => each.DetailType == "AWS API Call via CloudTrail" && $"{each.Detail["eventName"]}".EndsWith("TrafficMirrorSession", StringComparison.Ordinal)).Select(each => each.Json)];

    private static string Deleted(DateTimeOffset at) => $$"""
        {"source":"aws.ec2","detail-type":"AWS API Call via CloudTrail","region":"us-east-1","detail":{"eventTime":"{{at:O}}","eventName":"DeleteTrafficMirrorSession",
         "userIdentity":{"arn":"arn:aws:sts::123456789012:assumed-role/deploy/somebody"},"requestParameters":{"DeleteTrafficMirrorSessionRequest":{"TrafficMirrorSessionId":"tms-0123456789abcdef0"} } } }
        """;

    private static string Running(Instance instance) => FunctionUnderTest.StateChange(instance.InstanceId, "running");

    private int Count(string action) => _account.Cloud.Requests.Snapshot().Count(request => request.Action == action);

    private static Task<InvocationOutcome> InvokeAsync(FunctionUnderTest function, IEnumerable<string> bodies, TimeSpan? timeout = null) => function.InvokeAsync(
        new JsonObject
        {
            ["Records"] = new JsonArray([.. bodies.Select((body, index) => new JsonObject { ["messageId"] = $"m-{index}", ["eventSource"] = "aws:sqs", ["body"] = body })]),
        }.ToJsonString(),
        timeout);

    private static async Task<List<string>> AnswerAsync(FunctionUnderTest function, IEnumerable<string> bodies, TimeSpan? timeout = null)
    {
        var answered = Assert.IsType<InvocationOutcome.Answered>(await InvokeAsync(function, bodies, timeout));
        using var answer = JsonDocument.Parse(answered.Json);
        Assert.Equal(["batchItemFailures"], answer.RootElement.EnumerateObject().Select(field => field.Name));
        return [.. answer.RootElement.GetProperty("batchItemFailures").EnumerateArray().Select(failure => failure.GetProperty("itemIdentifier").GetString()!)];
    }
}

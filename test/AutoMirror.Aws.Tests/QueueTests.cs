using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Aws.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>Batches from a queue, what is handed on, and healing.</summary>
public sealed class QueueTests : OnAQueue
{
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
        Assert.Equal(
            (1, 1, 5), (Count("DescribeInstances"), Count("DescribeTrafficMirrorSessions") - 1, Count("CreateTrafficMirrorSession")));
    }

    [Fact]
    public async Task A_poison_record_comes_back_alone()
    {
        using var function = Function();
        var instance = await _account.LaunchAsync();

        var failures = await AnswerAsync(function, ["{not json", Running(instance), """{"dryrun":true}"""]);

        Assert.Equal(["m-0", "m-2"], failures);
        Assert.Single(await _account.SessionsAsync());
        Assert.Contains(
            function.Log,
            line =>
                line.TryGetProperty("message", out var text)
                    && text.GetString()!.Contains("message m-0 cannot be understood", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_count_the_records_that_were_acted_on_and_no_others()
    {
        using var function = Function();
        var (taken, left) = (await _account.LaunchAsync(), await _account.LaunchAsync());

        var elsewhere = Running(left).Replace("us-east-1", "eu-west-1", StringComparison.Ordinal);
        await AnswerAsync(function, ["{not json", Running(taken), elsewhere]);

        Assert.Equal(taken.NetworkInterfaces[0].NetworkInterfaceId, Assert.Single(await _account.SessionsAsync()).NetworkInterfaceId);
        var metrics = Assert.Single(function.Log, line => line.TryGetProperty("SessionsCreated", out _));
        Assert.Equal(JsonValueKind.Number, metrics.GetProperty("SecondsToSession").ValueKind);
    }

    [Fact]
    public async Task Only_records_whose_work_failed_come_back()
    {
        var good = await _account.LaunchAsync();
        var bad = await _account.LaunchAsync();
        var refused = bad.NetworkInterfaces[0].NetworkInterfaceId;
        using var function = Function(new GateTransport(async (action, request, send) =>
            action == "CreateTrafficMirrorSession"
                && (await request.Content!.ReadAsStringAsync()).Contains(refused, StringComparison.Ordinal)
                ? new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden)
                {
                    RequestMessage = request,
                    Content = new StringContent(
                        "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors>"
                        + "<RequestID>1</RequestID></Response>"),
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

        var failures = await AnswerAsync(function, instances.Select(Running), TimeSpan.FromSeconds(20));

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
            failures = await AnswerAsync(function, [next], TimeSpan.FromSeconds(20));
            next = queue.Bodies is [var body] ? body : next;
        }

        Assert.Equal(Core.Batching.BatchHandler.MostIdleTurns, turns);
        Assert.Equal(["m-0"], failures);
        Assert.Contains(
            function.Log,
            line =>
                line.TryGetProperty("message", out var text)
                    && text.GetString()!.Contains("in a row could not change anything", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_handed_on_comes_back()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _account.LaunchAsync()));
        _account.Cloud.Sqs.Delete("events");
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var function = Function(SlowCreates(time), time: time);

        var failures = await AnswerAsync(function, instances.Select(Running), TimeSpan.FromSeconds(20));

        Assert.Equal(20 - (await _account.SessionsAsync()).Count, failures.Count);
    }

    private static GateTransport SlowCreates(FakeTimeProvider time) => new(async (action, _, send) =>
    {
        if (action == "CreateTrafficMirrorSession")
            time.Advance(TimeSpan.FromSeconds(1.5));
        return await send();
    });

    private static HttpResponseMessage Throttled(HttpRequestMessage request, FakeTimeProvider time)
    {
        // The invocation's time is over by the time that this is read.
        time.Advance(TimeSpan.FromSeconds(28));
        return new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable)
        {
            RequestMessage = request,
            Content = new StringContent(
                "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit "
                    + "exceeded.</Message></Error></Errors><RequestID>1</RequestID></Response>"),
        };
    }
}

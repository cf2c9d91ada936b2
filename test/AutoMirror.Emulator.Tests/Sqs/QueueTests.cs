using System.Text.Json;

namespace AutoMirror.Emulator.Tests.Sqs;

public sealed class QueueTests
{
    private readonly World _world = new();

    [Fact]
    public void A_received_message_is_hidden_until_its_timeout_is_over()
    {
        var queue = _world.Cloud.Sqs.Create("q");
        queue.Send("a");

        Assert.Single(queue.Receive(10));
        Assert.Empty(queue.Receive(10));
        _world.Pass(31);
        Assert.Equal(2, Assert.Single(queue.Receive(10)).ReceiveCount);
    }

    [Fact]
    public void A_deleted_message_does_not_come_back()
    {
        var queue = _world.Cloud.Sqs.Create("q");
        queue.Send("a");
        queue.Delete(queue.Receive(1)[0].ReceiptHandle!);
        _world.Pass(31);

        Assert.Equal((0, 0), (queue.Visible, queue.NotVisible));
    }

    [Fact]
    public void A_message_received_too_often_goes_to_the_dead_letters()
    {
        var (queue, dead) = (_world.Cloud.Sqs.Create("q"), _world.Cloud.Sqs.Create("dead"));
        queue.Redrive = (dead.Arn, 2);
        queue.Send("a");
        for (var i = 0; i < 2; i++)
        {
            Assert.Single(queue.Receive(1));
            _world.Pass(31);
        }

        Assert.Equal(["a"], dead.Bodies);
        Assert.Empty(queue.Bodies);
    }

    [Fact]
    public async Task A_batch_goes_when_it_is_full_or_its_window_is_over()
    {
        var queue = _world.Cloud.Sqs.Create("q");
        _world.Cloud.Sqs.Map(queue, batchSize: 3, window: TimeSpan.FromSeconds(5));
        for (var i = 0; i < 4; i++)
            queue.Send($"{i}");

        Assert.Equal(3, await RecordsAsync());
        Assert.Equal(0, _world.Cloud.Function.Pending);
        _world.Pass(6);
        Assert.Equal(1, await RecordsAsync());
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("{}", 0)]
    [InlineData("""{"batchItemFailures":[]}""", 0)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"FIRST"}]}""", 1)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", 2)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""", 2)]
    [InlineData("""{"batchItemFailures":[{"wrong":"x"}]}""", 2)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"nobody"}]}""", 2)]
    public async Task Messages_that_the_answer_names_come_back(string answer, int left)
    {
        var queue = _world.Cloud.Sqs.Create("q");
        var first = queue.Send("a");
        queue.Send("b");
        _world.Cloud.Sqs.Map(queue, reportBatchItemFailures: true);
        var invocation = await _world.Cloud.Function.NextAsync(default);

        _world.Cloud.Function.Answer(invocation.RequestId, false, answer.Replace("FIRST", first.Id, StringComparison.Ordinal), null);

        Assert.Equal(left, queue.NotVisible);
    }

    [Fact]
    public async Task A_failed_batch_comes_back_whole()
    {
        var queue = _world.Cloud.Sqs.Create("q");
        queue.Send("a");
        _world.Cloud.Sqs.Map(queue);
        var invocation = await _world.Cloud.Function.NextAsync(default);
        _world.Cloud.Function.Answer(invocation.RequestId, true, "{}", "Boom");
        Assert.Equal(0, _world.Cloud.Function.Pending);

        _world.Pass(31);

        Assert.Equal(1, await RecordsAsync());
    }

    [Fact]
    public void No_more_batches_run_at_once_than_the_mapping_allows()
    {
        var queue = _world.Cloud.Sqs.Create("q");
        var mapping = _world.Cloud.Sqs.Map(queue, batchSize: 1, maximumConcurrency: 2);
        for (var i = 0; i < 5; i++)
            queue.Send($"{i}");

        Assert.Equal((2, 3), (mapping.Running, queue.Visible));
    }

    [Fact]
    public void An_event_reaches_a_queue_through_a_rule_when_its_policy_lets_EventBridge_send()
    {
        var queue = _world.Cloud.Sqs.Create("q");
        _world.Cloud.Events.PutRule("r", """{"source":["aws.ec2"],"detail":{"state":["running"]}}""");
        _world.Cloud.Events.PutTarget("r", new("t", queue.Arn));

        _world.Launch();
        Assert.Empty(queue.Bodies);
        queue.Allow("events.amazonaws.com");
        _world.Launch();

        Assert.Equal("running", JsonDocument.Parse(Assert.Single(queue.Bodies)).RootElement.GetProperty("detail").GetProperty("state")
            .GetString());
    }

    private async Task<int> RecordsAsync()
    {
        var invocation = await _world.Cloud.Function.NextAsync(default).WaitAsync(TimeSpan.FromSeconds(1));
        return JsonDocument.Parse(invocation.Payload).RootElement.GetProperty("Records").GetArrayLength();
    }
}

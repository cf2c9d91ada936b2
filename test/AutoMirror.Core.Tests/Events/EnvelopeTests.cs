using System.Text;
using System.Text.Json;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using static AutoMirror.Core.Tests.Events.Samples;

namespace AutoMirror.Core.Tests.Events;

/// <summary>Events come wrapped: by SNS, by queues, by pipes, and by several of them.</summary>
public class EnvelopeTests
{
    private const string Event = """
        {"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","account":"123456789012","region":"us-east-1",
         "time":"2026-05-19T09:30:00Z","detail":{"instance-id":"i-1","state":"running"}}
        """;

    private static string Notification => $$"""{"Type":"Notification","MessageId":"n","TopicArn":"arn:t","Message":{{Quoted(Event)}}}""";

    public static TheoryData<string, string> Wrapped => new()
    {
        { "alone", Event },
        { "after a byte order mark", "\uFEFF" + Event },
        { "from SNS to Lambda", SnsRecord(Event) },
        { "a notification", Notification },
        { "in a list", $"[{Event}]" },
        { "SNS in SNS", SnsRecord(Notification) },
        { "a list in a list", $"[[{Event}]]" },
        { "behind a byte order mark in SNS", SnsRecord("\uFEFF" + Event) },
    };

    public static TheoryData<string, string> InMessages => new()
    {
        { "from a queue", $$"""{"Records":[{{Message(Event)}}]}""" },
        { "from a pipe", $"[{Message(Event)}]" },
        { "SNS in a queue", $$"""{"Records":[{{Message(Notification)}}]}""" },
        { "SNS in a queue in a pipe", $"[{Message(SnsRecord(Notification))}]" },
        { "a queue in a queue", $$"""{"Records":[{{Message($"[{Message(Event)}]")}}]}""" },
    };

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void An_event_is_found_however_it_is_wrapped(string how, string json) => AssertIsTheEvent(how, Assert.Single(ReadingsOf(json)));

    [Theory]
    [MemberData(nameof(InMessages))]
    public void A_message_keeps_its_id_however_its_event_is_wrapped(string how, string json)
    {
        var batch = Assert.IsType<Payload.Batch>(EventParser.Parse(Encoding.UTF8.GetBytes(json)));
        var record = Assert.Single(batch.Records);
        Assert.Equal("m-1", record.MessageId);
        AssertIsTheEvent(how, record.Reading);
    }

    [Fact]
    public void Several_events_in_one_message_all_stand_under_its_id()
    {
        var batch = Assert.IsType<Payload.Batch>(EventParser.Parse(
            Encoding.UTF8.GetBytes($$"""{"Records":[{{Message($"[{Event},7]")}}]}""")));
        Assert.Equal(["m-1", "m-1"], batch.Records.Select(record => record.MessageId));
        Assert.Equal([true, false], batch.Records.Select(record => record.Reading is EventReading.Understood));
    }

    [Fact]
    public void A_topics_records_are_events_with_one_answer() =>
        Assert.Equal(2, ReadingsOf($$"""{"Records":[{{SnsOf(Event)}},{{SnsOf(Event)}}]}""").Count);

    [Theory]
    [InlineData("""{"Type":"SubscriptionConfirmation","TopicArn":"arn:t","Message":"please"}""")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","s3":{} }]}""")]
    [InlineData("""[{"eventSource":"aws:kinesis"}]""")]
    [InlineData("[]")]
    public void What_is_no_event_of_ours_is_ignored_with_a_reason(string json) =>
        Assert.NotEmpty(Assert.IsType<MirrorEvent.Ignored>(Parse(json)).Reason);

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(50, false)]
    public void Envelopes_are_opened_to_a_sensible_depth(int depth, bool isRead)
    {
        var json = Enumerable.Range(0, depth).Aggregate(Event, (inner, _) => $"[{inner}]");
        Assert.Equal(isRead, Assert.Single(ReadingsOf(json)) is EventReading.Understood);
    }

    [Theory]
    [InlineData("123456789012", "210987654321", false)]
    [InlineData("123456789012", "123456789012", true)]
    [InlineData("123456789012", null, true)]
    [InlineData(null, "210987654321", true)]
    public void An_event_of_another_account_leads_nowhere(string? own, string? account, bool leads)
    {
        var rules = new ScopeRules(new(), Settings with { Account = own }, new Remembered());
        var scope = rules.Of(new MirrorEvent.InstanceStateChange(Id<Instance>.Parse("i-1"), InstanceState.Running) { Account = account });
        if (leads)
            Assert.IsType<Scope.Part>(scope);
        else
            Assert.Contains(account!, Assert.IsType<Scope.Nothing>(scope).Reason, StringComparison.Ordinal);
    }

    private static void AssertIsTheEvent(string how, EventReading reading)
    {
        Assert.True(reading is EventReading.Understood, $"{how}: {reading}");
        var change = Assert.IsType<MirrorEvent.InstanceStateChange>(((EventReading.Understood)reading).Event);
        Assert.Equal(("i-1", "123456789012"), (change.InstanceId.Value, change.Account));
    }

    private static string Message(string body) => $$"""{"messageId":"m-1","eventSource":"aws:sqs","body":{{Quoted(body)}}}""";

    private static string SnsRecord(string message) => $$"""{"Records":[{{SnsOf(message)}}]}""";

    private static string SnsOf(string message) =>
        $$"""{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{"Type":"Notification","TopicArn":"arn:t","Message":{{Quoted(message)}} } }""";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}

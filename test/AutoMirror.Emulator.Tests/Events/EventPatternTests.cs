using System.Text.Json;
using AutoMirror.Emulator.Events;

namespace AutoMirror.Emulator.Tests.Events;

public sealed class EventPatternTests
{
    private const string Event = """
        {"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification",
         "resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-1"],
         "detail":{"instance-id":"i-1","state":"running","count":5,"tags":{"Env":"Prod"},"none":null,"list":[{"a":1},{"a":2}]}}
        """;

    [Theory]
    [InlineData("""{"source":["aws.ec2"]}""", true)]
    [InlineData("""{"source":["aws.ssm","aws.ec2"]}""", true)]
    [InlineData("""{"source":["aws.ssm"]}""", false)]
    [InlineData("""{"source":["aws.ec2"],"detail":{"state":["stopped"]}}""", false)]
    [InlineData("""{"resources":[{"prefix":"arn:aws:ec2:"}]}""", true)]
    [InlineData("""{"resources":[{"suffix":"/i-1"}]}""", true)]
    [InlineData("""{"detail":{"state":[{"prefix":{"equals-ignore-case":"RUN"}}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"anything-but":"running"}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":["stopped","pending"]}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"prefix":"run"}}]}}""", false)]
    [InlineData("""{"detail":{"missing":[{"anything-but":"x"}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"exists":true}]}}""", true)]
    [InlineData("""{"detail":{"missing":[{"exists":false}]}}""", true)]
    [InlineData("""{"nowhere":{"missing":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"tags":[{"exists":true}]}}""", false)]
    [InlineData("""{"detail":{"count":[{"numeric":[">",0,"<=",5]}]}}""", true)]
    [InlineData("""{"detail":{"count":[{"numeric":["<",5]}]}}""", false)]
    [InlineData("""{"detail":{"count":[5]}}""", true)]
    [InlineData("""{"detail":{"count":["5"]}}""", false)]
    [InlineData("""{"detail":{"none":[null]}}""", true)]
    [InlineData("""{"detail":{"tags":{"Env":[{"equals-ignore-case":"prod"}]}}}""", true)]
    [InlineData("""{"detail":{"instance-id":[{"wildcard":"i-*"}]}}""", true)]
    [InlineData("""{"detail":{"list":{"a":[2]}}}""", true)]
    [InlineData("""{"$or":[{"source":["x"]},{"detail":{"state":["running"]}}]}""", true)]
    [InlineData("""{"$or":[{"source":["x"]},{"detail":{"state":["stopped"]}}]}""", false)]
    public void A_pattern_matches_as_documented(string pattern, bool matches) =>
        Assert.Equal(matches, EventPattern.Matches(JsonDocument.Parse(pattern).RootElement, JsonDocument.Parse(Event).RootElement));

    [Theory]
    [InlineData("""{"source":"aws.ec2"}""")]
    [InlineData("""{"source":[]}""")]
    [InlineData("""{}""")]
    [InlineData("""{"source":[{"begins-with":"aws"}]}""")]
    public void A_text_that_is_not_a_pattern_is_refused(string pattern) =>
        Assert.Equal("InvalidEventPatternException", World.CodeOf(() => EventPattern.Validate(JsonDocument.Parse(pattern).RootElement)));
}

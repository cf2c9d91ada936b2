using System.Text.Json.Nodes;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The matcher of these tests, held against what EventBridge's user guide says of patterns.</summary>
public sealed class EventPatternTests
{
    [Theory]
    // Every field of the pattern must be there; fields that it does not name are of no account.
    [InlineData("""{"a":["x"]}""", """{"a":"x","b":1}""", true)]
    [InlineData("""{"a":["x"],"b":["y"]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":{"b":"x","c":2}}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":"x"}""", false)]
    [InlineData("""{}""", """{"a":1}""", true)]
    // A list in the pattern means any of; character by character, without folding of case.
    [InlineData("""{"a":["x","y"]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":"X"}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a":"xx"}""", false)]
    // Numbers as they are written, and never as texts.
    [InlineData("""{"a":[300]}""", """{"a":300}""", true)]
    [InlineData("""{"a":[300]}""", """{"a":300.0}""", false)]
    [InlineData("""{"a":[300]}""", """{"a":"300"}""", false)]
    // null and the empty text are values, and not each other.
    [InlineData("""{"a":[null]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[""]}""", """{"a":""}""", true)]
    [InlineData("""{"a":[null]}""", """{"a":""}""", false)]
    [InlineData("""{"a":[null]}""", """{}""", false)]
    // A list in the event: one element in common is enough, also through a list of objects.
    [InlineData("""{"a":["x"]}""", """{"a":["y","x"]}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":[]}""", false)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":[{"b":"y"},{"b":"x"}]}""", true)]
    // exists is about leaves: an object is none, and what is missing on the way is missing at its end.
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[{"exists":true}]}""", """{}""", false)]
    [InlineData("""{"a":[{"exists":false}]}""", """{}""", true)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":1}""", false)]
    [InlineData("""{"a":{"b":{"c":[{"exists":false}]}}}""", """{"x":1}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a":{"b":"x"}}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":{"b":1}}""", false)]
    // anything-but needs a value.
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[{"anything-but":["x","y"]}]}""", """{"a":"y"}""", false)]
    [InlineData("""{"a":[{"anything-but":["x","y"]}]}""", """{"a":"z"}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{}""", false)]
    [InlineData("""{"a":[{"anything-but":{"prefix":"x"}}]}""", """{"a":"xy"}""", false)]
    [InlineData("""{"a":[{"exists":false},{"anything-but":["x"]}]}""", """{}""", true)]
    [InlineData("""{"a":[{"exists":false},{"anything-but":["x"]}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[{"prefix":"/x/"}]}""", """{"a":"/x/y"}""", true)]
    [InlineData("""{"a":[{"prefix":"/x/"}]}""", """{"a":"/xy"}""", false)]
    [InlineData("""{"a":[{"suffix":".y"}]}""", """{"a":"x.y"}""", true)]
    [InlineData("""{"a":[{"equals-ignore-case":"x"}]}""", """{"a":"X"}""", true)]
    [InlineData("""{"a":[{"wildcard":"x*z"}]}""", """{"a":"x/y/z"}""", true)]
    [InlineData("""{"a":[{"wildcard":"x*z"}]}""", """{"a":"x/y"}""", false)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",5]}]}""", """{"a":5}""", true)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",5]}]}""", """{"a":0}""", false)]
    [InlineData("""{"a":[{"numeric":["=",5]}]}""", """{"a":"5"}""", false)]
    [InlineData("""{"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"b":"y"}""", true)]
    [InlineData("""{"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"a":"y","b":"x"}""", false)]
    [InlineData("""{"c":["z"],"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"a":"x"}""", false)]
    public void A_pattern_takes_what_the_guide_says(string pattern, string @event, bool taken) =>
        Assert.Equal(taken, EventPattern.Matches(JsonNode.Parse(pattern)!.AsObject(), JsonNode.Parse(@event)!.AsObject()));

    [Theory]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/8"}]}""")]
    [InlineData("""{"$and":[{"a":["x"]}]}""")]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a":[]}""")]
    public void A_pattern_that_this_matcher_does_not_understand_is_an_error(string pattern) =>
        Assert.Throws<NotSupportedException>(() =>
            EventPattern.Matches(JsonNode.Parse(pattern)!.AsObject(), JsonNode.Parse("""{"a":"x"}""")!.AsObject()));
}

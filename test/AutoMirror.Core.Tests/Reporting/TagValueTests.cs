using System.Text;
using AutoMirror.Core.Model;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Reporting;

/// <summary>Anybody may write tags: what stands in them must not pass for AutoMirror's own words.</summary>
public class TagValueTests
{
    private const string Evil = "x does not exist; converged\n{\"level\":\"INFO\"}\u2028\u202e";

    [Theory]
    [InlineData("Mirror={0}")]
    [InlineData("Mirror=yes team={0}")]
    [InlineData("Mirror=yes {0}=red")]
    public void Value_of_a_tag_is_quoted_on_one_line_wherever_it_is_told(string tags)
    {
        var world = WorldText.Read(
            "policy {\"exclude\":{\"tags\":{\"team\":[\"*\"]},\"kubernetesNodes\":true}}\nsensor default tmt-1\ntarget tmt-1 nlb");
        world.Instances[Core.Model.Id<Core.Model.Instance>.Parse("i-1")] = new()
        {
            Id = Core.Model.Id<Core.Model.Instance>.Parse("i-1"),
            State = Core.Model.InstanceState.Running,
            InstanceType = "m5.large",
            Tags = new(tags.Split(' ').Select(tag => tag.Split('=')).Select(tag => KeyValuePair.Create(
                tag[0].Replace("{0}", $"kubernetes.io/cluster/{Evil}", StringComparison.Ordinal), tag[1]
                    .Replace("{0}", Evil, StringComparison.Ordinal)))),
            NetworkInterfaces = WorldText.Read("eni-a i-1 running m5.large").Interfaces.ToList(),
        };
        var plan = world.Plan();
        var told = string.Join(
            ' ',
            plan.Verdicts.Select(verdict => ReasonText.Of(verdict.Because))
                .Concat(world.ProblemsOf(plan).Select(problem => problem.Message)));
        Assert.Contains("x does not exist", told, StringComparison.Ordinal);
        Assert.DoesNotContain("x does not exist", OutsideQuotes(told), StringComparison.Ordinal);
        Assert.DoesNotContain(told, c => char.IsControl(c) || c is '\u2028' or '\u202e');
    }

    [Theory]
    [InlineData("a\tb\r\nc", "'a b  c'")]
    [InlineData("a\u2028b\u2029c", "'a b c'")]
    [InlineData("a\u202eb\u200bc", "'a b c'")]
    [InlineData("", "''")]
    [InlineData("Grüße 値 😀", "'Grüße 値 😀'")]
    public void Quoted_value_is_on_one_line_and_as_it_looks(string value, string quoted) => Assert.Equal(quoted, Words.Quote(value));

    [Fact]
    public void Long_value_is_cut_between_characters()
    {
        var quoted = Words.Quote(new string('x', 79) + string.Concat(Enumerable.Repeat("😀", 50)));
        Assert.True(quoted.Length <= 83);
        Assert.Equal(quoted, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(quoted)));
    }

    private static string OutsideQuotes(string text) =>
        string.Concat(text.Replace("'s ", "s ", StringComparison.Ordinal).Split('\'').Where((_, index) => index % 2 == 0));
}

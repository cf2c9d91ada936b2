using System.Net;
using AutoMirror.Cli.Probing;

namespace AutoMirror.Cli.Tests.Probing;

/// <summary>Who is to be missed at a sensor.</summary>
public sealed class SilenceTests
{
    private static readonly MirrorSource[] All =
        [SourceOf(1, "tmt-a"), SourceOf(2, "tmt-a"), SourceOf(3, "tmt-b"), SourceOf(4, "tmt-b")];

    [Theory]
    [InlineData("1", "2")]
    [InlineData("1,2", "")]
    [InlineData("1,3", "2,4")]
    [InlineData("", "1,2,3,4")]
    public void Those_are_silent_that_are_mirrored_to_a_target_whose_packets_came(string heard, string silent)
    {
        var came = Numbers(heard).Select(number => All[number - 1]).ToHashSet();

        Assert.Equal(Numbers(silent), new MirrorSources(All).SilentBut(came).Select(each => each.VirtualNetworkId));
    }

    private static IEnumerable<int> Numbers(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, null));

    private static MirrorSource SourceOf(int number, string target) =>
        new(number, IPAddress.Parse($"10.0.0.{number}"), $"eni-{number}", TargetId: target);
}

using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Planning;

/// <summary>What the chain of reasons says, where the scenarios leave it out.</summary>
public class ReasonsTests
{
    private const string Moved = "sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=yes\ntms-1 → tmt-9 #1 ours";

    [Theory]
    [InlineData("tms-1 → tmt-1 #1 ours", "the instance's tag Mirror is 'yes'; its session stays with tmt-1 of the sensor 'default'")]
    [InlineData("tms-1 → tmt-9 #1 ours", "the instance's tag Mirror is 'yes'; the sensor 'default' has the target tmt-1")]
    [InlineData("", "the instance's tag Mirror is 'yes'; the sensor 'default' has the target tmt-1")]
    public void Session_is_said_to_stay_only_where_it_stays(string session, string because)
    {
        var plan = WorldText.Read(Moved.Replace("tms-1 → tmt-9 #1 ours", session, StringComparison.Ordinal)).Plan();
        Assert.Equal(because, Core.Reporting.ReasonText.Of(plan.Verdicts.Single().Because));
    }

    /// <summary>A sensor's hosts that nobody declared may be among what nobody tagged: an obligation alone does not mirror those.</summary>
    [Theory]
    [InlineData("", "undeclared-hosts")]
    [InlineData(" Mirror=nowhere", "mirrored")]
    public void An_obligation_makes_no_session_for_what_nobody_tagged_while_hosts_are_undeclared(string tag, string verdict)
    {
        var plan = WorldText.Read(
            $$$"""
            policy {"untagged": "true", "mandatory": {"tags": {"pci": ["1"]}, "sensor": "ids"}}
            sensor ids tmt-2
            target tmt-2 nlb
            eni-a i-1 running m5.large pci=1{{{tag}}}
            """).Plan();
        Assert.Equal(verdict, plan.Verdicts.Single().Verdict.Name);
    }
}

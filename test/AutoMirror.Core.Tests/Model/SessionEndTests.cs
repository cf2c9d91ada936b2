using AutoMirror.Core.Model;

namespace AutoMirror.Core.Tests.Model;

public class SessionEndTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-04T05:06:07Z", nameof(EndReason.Finding))]
    [InlineData("2026-03-04T05:06:07Z capture", nameof(EndReason.Capture))]
    public void A_tag_keeps_the_time_and_the_reason(string tag, string reason)
    {
        var end = new SessionEnd(At, Enum.Parse<EndReason>(reason));
        Assert.Equal(tag, end.ToString());
        Assert.Equal(end, SessionEnd.TryParse(tag));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" capture")]
    [InlineData("2026-03-04T05:06:07Zcapture")]
    [InlineData("2026-03-04T05:06:07Z  capture")]
    [InlineData("2026-03-04T05:06:07Z Capture")]
    [InlineData("2026-03-04T05:06:07+01:00 capture")]
    [InlineData("2026-13-04T05:06:07Z")]
    public void Anything_else_is_no_end(string? tag) => Assert.Null(SessionEnd.TryParse(tag));
}

using AutoMirror.Emulator.Faults;

namespace AutoMirror.Emulator.Tests.Faults;

public sealed class ThrottlingTests
{
    private readonly World _world = new(options => options with { Throttling = Throttling.Documented });

    [Theory]
    [InlineData("CreateTrafficMirrorSession", false, 50, 5)]
    [InlineData("DescribeTrafficMirrorSessions", true, 100, 20)]
    [InlineData("DescribeInstances", false, 100, 20)]
    [InlineData("DescribeInstances", true, 50, 10)]
    [InlineData("CreateTags", false, 100, 10)]
    public void An_action_has_its_burst_and_then_its_rate(string action, bool unfiltered, int burst, int rate)
    {
        Assert.Equal(burst, Taken());
        _world.Pass(1);
        Assert.Equal(rate, Taken());
        _world.Pass(3600);
        Assert.Equal(burst, Taken());

        int Taken()
        {
            var taken = 0;
            while (_world.Cloud.TryTakeToken("ec2", action, unfiltered))
                taken++;
            return taken;
        }
    }

    [Fact]
    public void Actions_do_not_draw_on_each_others_buckets()
    {
        while (_world.Cloud.TryTakeToken("ec2", "CreateTrafficMirrorSession"))
        {
        }

        Assert.True(_world.Cloud.TryTakeToken("ec2", "DeleteTrafficMirrorSession"));
    }

    [Fact]
    public void Launches_are_also_limited_by_their_instances()
    {
        Assert.True(_world.Cloud.TryTakeToken("ec2", "RunInstances", resources: 1000));
        Assert.False(_world.Cloud.TryTakeToken("ec2", "RunInstances", resources: 1));
    }
}

using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Tests.Observing;

public class TargetCapacityTests
{
    [Theory]
    [InlineData("m5.24xlarge", 100)]
    [InlineData("c5.18xlarge", 100)]
    [InlineData("c6i.32xlarge", 100)]
    [InlineData("m5.large", 10)]
    [InlineData("c5.9xlarge", 10)]
    [InlineData("m5.16xlarge", 10)]
    [InlineData("nextgen9.xlarge", 10)]
    [InlineData("nextgen9.48xlarge", null)]
    [InlineData("m5.metal", null)]
    [InlineData("oddname", null)]
    [InlineData(null, null)]
    public void Interface_target_takes_what_the_guide_says_of_its_instance_type_and_EC2_tells_where_it_says_nothing(
        string? type, int? sources) =>
        Assert.Equal(sources, TargetCapacity.Of(new TargetDestination.CaptureInterface(Id<NetworkInterface>.Parse("eni-1")), type));

    [Fact]
    public void Load_balancer_takes_any_number() =>
        Assert.Null(TargetCapacity.Of(new TargetDestination.NetworkLoadBalancer("arn:1"), "m5.large"));
}

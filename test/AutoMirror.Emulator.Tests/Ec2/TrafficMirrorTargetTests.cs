namespace AutoMirror.Emulator.Tests.Ec2;

public sealed class TrafficMirrorTargetTests
{
    private const string LoadBalancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/0123456789abcdef";

    private readonly World _world = new();

    [Fact]
    public void A_target_has_exactly_one_destination()
    {
        Assert.Equal("InvalidInput", World.CodeOf(() => _world.Ec2.Targets.Create()));
        Assert.Equal("InvalidInput", World.CodeOf(() => _world.Ec2.Targets.Create(_world.Source(), LoadBalancer)));
    }

    [Fact]
    public void An_interface_has_to_exist() =>
        Assert.Equal("InvalidNetworkInterfaceID.NotFound", World.CodeOf(() => _world.Ec2.Targets.Create("eni-0123456789abcdef0")));

    [Theory]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/0123456789abcdef")]
    [InlineData("not an arn")]
    public void Only_a_network_load_balancer_will_do(string arn) =>
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Targets.Create(networkLoadBalancerArn: arn)));

    [Fact]
    public void A_destination_is_a_target_once()
    {
        _world.Ec2.Targets.Create(networkLoadBalancerArn: LoadBalancer);

        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Targets.Create(networkLoadBalancerArn: LoadBalancer)));
    }

    [Fact]
    public void Its_type_follows_from_its_destination()
    {
        Assert.Equal("network-interface", _world.Ec2.Targets.Create(_world.Source()).Type);
        Assert.Equal("network-load-balancer", _world.Ec2.Targets.Create(networkLoadBalancerArn: LoadBalancer).Type);
        Assert.Equal("gateway-load-balancer-endpoint", _world.Ec2.Targets.Create(gatewayLoadBalancerEndpointId: "vpce-0123456789abcdef0")
            .Type);
    }
}

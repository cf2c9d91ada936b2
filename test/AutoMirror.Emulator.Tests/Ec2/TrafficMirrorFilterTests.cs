using AutoMirror.Emulator.Ec2.Mirroring;

namespace AutoMirror.Emulator.Tests.Ec2;

public sealed class TrafficMirrorFilterTests
{
    private readonly World _world = new();
    private readonly string _filter;

    public TrafficMirrorFilterTests() => _filter = _world.Ec2.Filters.Create().Id;

    [Fact]
    public void A_rule_number_is_taken_once_in_a_direction()
    {
        Rule("ingress", 100);
        Rule("egress", 100);

        Assert.Equal("TrafficMirrorFilterRuleAlreadyExists", World.CodeOf(() => Rule("ingress", 100)));
    }

    [Fact]
    public void An_eleventh_rule_is_refused()
    {
        for (var number = 1; number <= 10; number++)
            Rule(number % 2 == 0 ? "ingress" : "egress", number);

        Assert.Equal("TrafficMirrorFilterRuleLimitExceeded", World.CodeOf(() => Rule("ingress", 11)));
    }

    [Theory]
    [InlineData("sideways", 1, "accept", "0.0.0.0/0", "0.0.0.0/0", null)]
    [InlineData("ingress", 0, "accept", "0.0.0.0/0", "0.0.0.0/0", null)]
    [InlineData("ingress", 1, "drop", "0.0.0.0/0", "0.0.0.0/0", null)]
    [InlineData("ingress", 1, "accept", "anywhere", "0.0.0.0/0", null)]
    [InlineData("ingress", 1, "accept", "0.0.0.0/0", "::/0", null)]
    [InlineData("ingress", 1, "accept", "0.0.0.0/0", "0.0.0.0/0", 256)]
    public void A_rule_that_makes_no_sense_is_refused(
        string direction, int number, string action, string source, string destination, int? protocol) =>
        Assert.Equal("InvalidParameterValue",
            World.CodeOf(() => _world.Ec2.Filters.CreateRule(_filter, direction, number, action, source, destination, protocol)));

    [Fact]
    public void A_filter_lists_its_rules_by_direction_in_their_order()
    {
        Rule("ingress", 20);
        Rule("ingress", 10);
        Rule("egress", 5);

        Assert.Equal([10, 20], _world.Ec2.Filters.RulesOf(_filter, "ingress").Select(rule => rule.RuleNumber));
        Assert.Equal([5], _world.Ec2.Filters.RulesOf(_filter, "egress").Select(rule => rule.RuleNumber));
    }

    [Fact]
    public void Rules_go_with_their_filter()
    {
        Rule("ingress", 1);

        _world.Ec2.Filters.Delete(_filter);

        Assert.Empty(_world.Ec2.Filters.DescribeRules(Query.All).Items);
    }

    [Fact]
    public void Only_amazon_dns_is_a_network_service()
    {
        Assert.Equal(["amazon-dns"], _world.Ec2.Filters.ModifyNetworkServices(_filter, ["amazon-dns"], []).NetworkServices);
        Assert.Empty(_world.Ec2.Filters.ModifyNetworkServices(_filter, [], ["amazon-dns"]).NetworkServices);
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Filters.ModifyNetworkServices(_filter, ["dhcp"], [])));
    }

    [Fact]
    public void Removed_fields_of_a_rule_go_back_to_their_defaults()
    {
        var rule = _world.Ec2.Filters.CreateRule(
            _filter, "ingress", 1, "accept", "0.0.0.0/0", "0.0.0.0/0", 6, new PortRange(1, 2), new PortRange(80, 80), "web");

        var modified = _world.Ec2.Filters.ModifyRule(
            rule.Id, same => same, "protocol", "source-port-range", "destination-port-range", "description");

        Assert.Equal(rule with { Protocol = null, SourcePorts = null, DestinationPorts = null, Description = null }, modified);
    }

    private TrafficMirrorFilterRule Rule(string direction, int number) =>
        _world.Ec2.Filters.CreateRule(_filter, direction, number, "accept", "0.0.0.0/0", "0.0.0.0/0");
}

using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>Rules of security groups (EC2 API reference, IpPermission).</summary>
public sealed class SecurityGroupTests
{
    private readonly World _world = new();

    [Fact]
    public void Ports_have_no_effect_in_a_rule_for_all_protocols()
    {
        var group = _world.Ec2.SecurityGroups.Create("g", "d");

        _world.Ec2.SecurityGroups.Revoke(group.Id, [new("-1", 0, 0, "0.0.0.0/0")], egress: true);
        _world.Ec2.SecurityGroups.Authorize(group.Id, [new("50", 1, 2, "10.0.0.0/8")]);

        var now = _world.Ec2.SecurityGroups.Describe(new Query { Ids = [group.Id] }).Items[0];
        Assert.Empty(now.Egress);
        Assert.Equal([new Permission("50", null, null, "10.0.0.0/8")], now.Ingress);
    }

    [Theory]
    [InlineData("sg-mine", "d")]
    [InlineData("größe", "d")]
    [InlineData("g", "<d>")]
    public void A_name_or_description_with_other_characters_than_allowed_is_refused(string name, string description) =>
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.SecurityGroups.Create(name, description)));

    [Theory]
    [InlineData("udp", null, null)]
    [InlineData("vxlan", 1, 2)]
    [InlineData("tcp", 5, 4)]
    [InlineData("tcp", 0, 65536)]
    public void An_unknown_protocol_and_tcp_or_udp_without_a_range_of_ports_are_refused(string protocol, int? from, int? to)
    {
        var group = _world.Ec2.SecurityGroups.Create("g", "d");

        Assert.Equal("InvalidParameterValue",
            World.CodeOf(() => _world.Ec2.SecurityGroups.Authorize(group.Id, [new(protocol, from, to, "10.0.0.0/8")])));
    }
}

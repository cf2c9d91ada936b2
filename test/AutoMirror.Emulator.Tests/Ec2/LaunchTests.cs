using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>What a launch may say of addresses (EC2 API reference, RunInstances and InstanceNetworkInterfaceSpecification).</summary>
public sealed class LaunchTests
{
    private readonly World _world = new();

    [Fact]
    public void A_launch_may_choose_several_private_addresses_for_an_interface()
    {
        string[] addresses = ["172.31.0.70", "172.31.0.71"];

        var instance = _world.Launch("m5.large", new LaunchInterface { PrivateIpAddresses = addresses });

        Assert.Equal(addresses, _world.Ec2.Instances.InterfacesOf(instance.Id)[0].PrivateIpAddresses);
    }

    [Fact]
    public void A_launch_may_ask_for_IPv6_addresses()
    {
        var vpc = _world.Ec2.Networks.CreateVpc("10.9.0.0/16", ipv6: true);
        var block = vpc.Ipv6CidrBlock!.Replace("/56", "/64", StringComparison.Ordinal);
        var subnet = _world.Ec2.Networks.CreateSubnet(vpc.Id, "10.9.0.0/24", ipv6CidrBlock: block);

        var instance = _world.Ec2.RunInstances(new LaunchRequest { SubnetId = subnet.Id, Ipv6AddressCount = 2 })[0];

        Assert.Equal(2, _world.Ec2.Instances.InterfacesOf(instance.Id)[0].Ipv6Addresses.Count);
    }

    [Theory]
    [InlineData(-1, "InvalidParameterValue")]
    [InlineData(100_000, "InsufficientFreeAddressesInSubnet")]
    public void An_interface_that_can_not_have_its_addresses_takes_none(int secondary, string code)
    {
        var free = _world.Ec2.Networks.FreeAddresses(_world.Subnet);
        var request = new NetworkInterfaceRequest
        {
            SubnetId = _world.Subnet.Id, PrivateIpAddresses = [_world.Subnet.CidrBlock!.Replace(".0/20", ".70", StringComparison.Ordinal)],
            SecondaryPrivateIpAddressCount = secondary,
        };

        Assert.Equal(code, World.CodeOf(() => _world.Ec2.NetworkInterfaces.Create(request)));
        Assert.Equal(free, _world.Ec2.Networks.FreeAddresses(_world.Subnet));
    }

    [Fact]
    public void Addresses_of_the_instance_and_interfaces_exclude_each_other() => Assert.Equal(
        "InvalidParameterCombination",
        World.CodeOf(() => _world.Ec2.RunInstances(
            new LaunchRequest { PrivateIpAddress = "172.31.0.70", NetworkInterfaces = [new LaunchInterface()] })));
}

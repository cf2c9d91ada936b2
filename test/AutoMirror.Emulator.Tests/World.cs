using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using Microsoft.Extensions.Time.Testing;

namespace AutoMirror.Emulator.Tests;

/// <summary>A cloud whose clock the test moves, and short names for what tests do in it.</summary>
internal sealed class World
{
    public World(Func<EmulatorOptions, EmulatorOptions>? change = null)
    {
        var options = new EmulatorOptions { Time = Time };
        Cloud = new(change?.Invoke(options) ?? options);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public Cloud Cloud { get; }

    public Ec2Engine Ec2 => Cloud.Ec2;

    public Subnet Subnet => Ec2.Networks.DescribeSubnets(Query.All).Items[0];

    public void Pass(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Cloud.Advance();
    }

    public Instance Launch(string type = "m5.large", params LaunchInterface[] interfaces)
    {
        var instance = Ec2.RunInstances(new LaunchRequest { InstanceType = type, NetworkInterfaces = interfaces })[0];
        Pass(2);
        return instance;
    }

    public string InterfaceOf(string instanceId, int deviceIndex = 0) =>
        Ec2.Instances.InterfacesOf(instanceId).Single(each => each.Attachment!.DeviceIndex == deviceIndex).Id;

    /// <summary>The primary interface of a new instance.</summary>
    public string Source(string type = "m5.large") => InterfaceOf(Launch(type).Id);

    /// <summary>A target that takes any number of sources.</summary>
    public TrafficMirrorTarget LoadBalancer(string name = "sensors") =>
        Ec2.Targets.Create(networkLoadBalancerArn: ArnOf(name));

    public static string ArnOf(string loadBalancer) =>
        $"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/{loadBalancer}/0123456789abcdef";

    public TrafficMirrorTarget SensorOn(string type) => Ec2.Targets.Create(networkInterfaceId: Source(type));

    public SessionRequest Session(string source, TrafficMirrorTarget target, int number = 1) => new()
    {
        NetworkInterfaceId = source, TargetId = target.Id, FilterId = (Filter ??= Ec2.Filters.Create()).Id, SessionNumber = number,
    };

    public TrafficMirrorFilter? Filter { get; private set; }

    public static string CodeOf(Action work) => Assert.Throws<AwsException>(work).Code;

    /// <summary>EC2 takes an interface as a source, or says that it can't be one.</summary>
    public void AssertMirrors(string source, bool can)
    {
        var create = () => Ec2.Sessions.Create(Session(source, LoadBalancer()));

        if (can)
            create();
        else
            Assert.Equal($"{source} must be attached to a supported instance", Assert.Throws<AwsException>(() => create()).Message);
    }
}

using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.LoadBalancing;

namespace AutoMirror.Emulator.Packets.Paths;

/// <summary>The way of a session's copies to what is behind its target.</summary>
internal abstract record MirrorPath
{
    private MirrorPath()
    {
    }

    /// <summary>To a sensor's interface.</summary>
    internal sealed record ToInterface(NetworkInterface Sensor) : MirrorPath;

    /// <summary>Through a node of a Network Load Balancer to a member.</summary>
    internal sealed record ThroughBalancer(LoadBalancerNode Node, NetworkInterface Member, int Port) : MirrorPath;

    /// <summary>Through an endpoint and a node of a Gateway Load Balancer to an appliance.</summary>
    internal sealed record ThroughEndpoint(
        VpcEndpoint Endpoint, NetworkInterface Entrance, LoadBalancerNode Node, NetworkInterface Appliance) : MirrorPath;

    /// <summary>To a load balancer or an endpoint that was not made here: it is somebody else's, and taken to work.</summary>
    internal sealed record Elsewhere : MirrorPath;

    /// <summary>The target's resource was deleted: "we stop traffic mirroring for any sessions that use that target".</summary>
    internal sealed record Gone(string Why) : MirrorPath;

    /// <summary>Copies are sent, and something on the way drops them.</summary>
    internal sealed record Blocked(string Why) : MirrorPath;
}

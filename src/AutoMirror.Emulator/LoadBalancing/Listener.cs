using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>A listener: what a load balancer forwards, and to whom. Its id is its ARN.</summary>
public sealed record Listener : Resource
{
    public required string LoadBalancerArn { get; init; }

    /// <summary><c>UDP</c>, <c>TCP_UDP</c> or <c>TCP</c>; null for a Gateway Load Balancer, whose listener takes everything.</summary>
    public string? Protocol { get; init; }

    /// <summary>The port; null for a Gateway Load Balancer.</summary>
    public int? Port { get; init; }

    public required string TargetGroupArn { get; init; }

    internal bool Takes(int udpPort) => Protocol is "UDP" or "TCP_UDP" && Port == udpPort;
}

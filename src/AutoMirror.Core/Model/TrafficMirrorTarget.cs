namespace AutoMirror.Core.Model;

/// <summary>A mirror target: where a sensor takes its packets from.</summary>
internal sealed record TrafficMirrorTarget(Id<TrafficMirrorTarget> Id, TargetDestination Destination, Tags Tags) : IEc2Resource
{
    public static string IdPrefix => "tmt-";

    /// <summary>The account that made it, twelve digits; null when that was not read.</summary>
    public string? OwnerId { get; init; }
}

/// <summary>What a mirror target delivers to.</summary>
internal abstract record TargetDestination
{
    private TargetDestination() { }

    /// <summary>A network interface: the sensor's capture interface. Takes a limited number of sources.</summary>
    public sealed record CaptureInterface(Id<NetworkInterface> Id) : TargetDestination;

    public sealed record NetworkLoadBalancer(string Arn) : TargetDestination;

    /// <summary>A Gateway Load Balancer endpoint. Takes any number of sources.</summary>
    public sealed record GatewayLoadBalancerEndpoint(Id<VpcEndpoint> Id) : TargetDestination;

    /// <summary>Something that this build does not know.</summary>
    public sealed record Unknown : TargetDestination;
}

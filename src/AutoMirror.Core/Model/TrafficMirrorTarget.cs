namespace AutoMirror.Core.Model;

/// <summary>A mirror target: where a sensor takes its packets from.</summary>
internal sealed record TrafficMirrorTarget(Id<TrafficMirrorTarget> Id, TargetDestination Destination, Tags Tags) : IEc2Resource
{
    public static string IdPrefix => "tmt-";
}

/// <summary>What a mirror target delivers to.</summary>
internal abstract record TargetDestination
{
    private TargetDestination() { }

    /// <summary>A network interface: the sensor's capture interface. Takes a limited number of sources.</summary>
    /// <param name="AvailabilityZone">Its zone; null when it was not read.</param>
    /// <param name="InstanceType">The type of the instance that holds it; null when it was not read.</param>
    public sealed record CaptureInterface(
        Id<NetworkInterface> Id, string? AvailabilityZone = null, string? InstanceType = null) : TargetDestination;

    public sealed record NetworkLoadBalancer(string Arn) : TargetDestination;

    /// <summary>A Gateway Load Balancer endpoint. Takes any number of sources.</summary>
    public sealed record GatewayLoadBalancerEndpoint(string EndpointId) : TargetDestination;
}

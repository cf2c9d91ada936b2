namespace AutoMirror.Core.Model;

/// <summary>A mirror target: where a sensor takes its packets from.</summary>
/// <param name="Id">The target's id.</param>
/// <param name="Destination">What stands behind it.</param>
/// <param name="Tags">The target's tags.</param>
internal sealed record TrafficMirrorTarget(Id<TrafficMirrorTarget> Id, TargetDestination Destination, Tags Tags) : IEc2Resource
{
    /// <inheritdoc/>
    public static string IdPrefix => "tmt-";
}

/// <summary>What a mirror target delivers to.</summary>
internal abstract record TargetDestination
{
    private TargetDestination()
    {
    }

    /// <summary>A network interface: the sensor's capture interface. Takes a limited number of sources.</summary>
    /// <param name="Id">The interface.</param>
    /// <param name="AvailabilityZone">Its zone; null when it was not read.</param>
    /// <param name="InstanceType">The type of the instance that holds it; null when it was not read.</param>
    public sealed record CaptureInterface(Id<NetworkInterface> Id, string? AvailabilityZone = null, string? InstanceType = null) : TargetDestination;

    /// <summary>A Network Load Balancer. Takes any number of sources.</summary>
    /// <param name="Arn">Its ARN.</param>
    public sealed record NetworkLoadBalancer(string Arn) : TargetDestination;

    /// <summary>A Gateway Load Balancer endpoint. Takes any number of sources.</summary>
    /// <param name="EndpointId">Its id, <c>vpce-…</c>.</param>
    public sealed record GatewayLoadBalancerEndpoint(string EndpointId) : TargetDestination;
}

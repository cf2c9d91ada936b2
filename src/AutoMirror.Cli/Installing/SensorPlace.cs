using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Installing;

/// <summary>A sensor's name, and where it takes copies in: <c>NAME=eni-…</c>, a Network Load Balancer's ARN or <c>vpce-…</c>.</summary>
internal sealed record SensorPlace(string Sensor, TargetDestination Destination)
{
    /// <summary>How it is written, for error texts.</summary>
    public const string Form = "NAME=eni-…, NAME=arn:…:loadbalancer/net/… or NAME=vpce-…";

    // Parameter Store's alphabet for a part of a name; what it does not take can't be a parameter (SSM API reference, PutParameter).
    private const int LongestName = 256;

    /// <summary>Where the copies arrive, in one word.</summary>
    public string Place => Destination switch
    {
        TargetDestination.CaptureInterface capture => capture.Id.Value,
        TargetDestination.NetworkLoadBalancer balancer => balancer.Arn,
        TargetDestination.GatewayLoadBalancerEndpoint endpoint => endpoint.Id.Value,
        _ => "",
    };

    /// <summary>The place that a text names; null when it names none.</summary>
    public static SensorPlace? TryParse(string text)
    {
        if (text.Split('=', 2) is not [{ Length: > 0 and <= LongestName } sensor, var place]
            || !sensor.All(each => char.IsAsciiLetterOrDigit(each) || each is '_' or '-' or '.'))
        {
            return null;
        }

        TargetDestination? destination =
            Id<NetworkInterface>.TryParse(place) is { } capture ? new TargetDestination.CaptureInterface(capture)
            : Id<VpcEndpoint>.TryParse(place) is { } endpoint ? new TargetDestination.GatewayLoadBalancerEndpoint(endpoint)
            : place.StartsWith("arn:", StringComparison.Ordinal) && place.Contains(":loadbalancer/net/", StringComparison.Ordinal)
                ? new TargetDestination.NetworkLoadBalancer(place)
                : null;
        return destination is null ? null : new SensorPlace(sensor, destination);
    }
}

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>
/// Elastic Load Balancing's errors: codes as the service model has them, words as the live service was observed to use (seen), or (own).
/// </summary>
internal static class ElbErrors
{
    // (seen)
    public static AwsException LoadBalancerNotFound(string arn) =>
        new("LoadBalancerNotFound", $"Load balancer '{arn}' not found");

    // (seen)
    public static AwsException LoadBalancersNotFound(IEnumerable<string> names) =>
        new("LoadBalancerNotFound", $"Load balancers '[{string.Join(", ", names)}]' not found");

    // (seen)
    public static AwsException TargetGroupNotFound() => new("TargetGroupNotFound", "One or more target groups not found");

    // (seen)
    public static AwsException ListenerNotFound() => new("ListenerNotFound", "One or more listeners not found");

    // (seen)
    public static AwsException DuplicateLoadBalancer(string name) =>
        new("DuplicateLoadBalancerName", $"A load balancer with the same name '{name}' exists, but with different settings");

    // (seen)
    public static AwsException DuplicateTargetGroup(string name) =>
        new("DuplicateTargetGroupName", $"A target group with the same name '{name}' exists, but with different settings");

    // (seen)
    public static AwsException DuplicateListener() =>
        new("DuplicateListener", "A listener already exists on this port for this load balancer");

    // (own)
    public static AwsException ListenerPorts(bool isGateway) => Validation(isGateway
        ? "A listener of a Gateway Load Balancer has no protocol and no port"
        : "A listener must have a protocol and a port");

    // (own)
    public static AwsException SubnetNotFound(string id) => new("SubnetNotFound", $"The subnet ID '{id}' is not valid");

    // (own)
    public static AwsException InvalidSecurityGroup(string id) => new("InvalidSecurityGroup", $"The security group '{id}' does not exist");

    // (seen)
    public static AwsException TargetGroupInUse(string arn) =>
        new("ResourceInUse", $"Target group '{arn}' is currently in use by a listener or a rule");

    // (own)
    public static AwsException LoadBalancerInUse(string arn) =>
        new("ResourceInUse", $"Load balancer '{arn}' cannot be deleted because it is currently associated with another service");

    // (seen)
    public static AwsException InvalidTargets(IEnumerable<string> ids) =>
        new("InvalidTarget", $"The following targets are not in a running state and cannot be registered: '{string.Join("', '", ids)}'");

    // (own)
    public static AwsException OtherGroup(string group, string loadBalancer) => new(
        "InvalidConfigurationRequest", $"The target group '{group}' and the load balancer '{loadBalancer}' are of different types");

    public static AwsException InvalidConfiguration(string message) => new("InvalidConfigurationRequest", message);

    public static AwsException Validation(string message) => new("ValidationError", message);

    // (own)
    public static AwsException NotEmulated(string what) => new("UnsupportedOperation", $"{what} is not emulated.");
}

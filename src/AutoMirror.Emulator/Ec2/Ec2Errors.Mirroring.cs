namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// Traffic Mirroring's errors. The NotFound codes are spelt as EC2 sends them, which is not how its table of error codes spells them.
/// </summary>
internal static partial class Ec2Errors
{
    public static AwsException SessionNotFound(string id) =>
        NotFound("InvalidTrafficMirrorSessionId.NotFound", "traffic mirror session", id);

    public static AwsException TargetNotFound(string id) =>
        NotFound("InvalidTrafficMirrorTargetId.NotFound", "traffic mirror target", id);

    public static AwsException FilterNotFound(string id) =>
        NotFound("InvalidTrafficMirrorFilterId.NotFound", "traffic mirror filter", id);

    public static AwsException FilterRuleNotFound(string id) =>
        NotFound("InvalidTrafficMirrorFilterRuleId.NotFound", "traffic mirror filter rule", id);

    // (seen, in CloudTrail logs)
    public static AwsException NetworkInterfaceNotSupported(string id) =>
        new("NetworkInterfaceNotSupported", $"{id} must be attached to a supported instance");

    // (own)
    public static AwsException SourceIsTarget(string id) =>
        InvalidParameterValue($"{id} can't be a traffic mirror source and a traffic mirror target at the same time.");

    // The code and "already being used" are likely, the rest is (own).
    public static AwsException SessionNumberTaken(int number, string networkInterface) =>
        InvalidParameterValue($"Session number {number} is already being used by another session on {networkInterface}.");

    public static AwsException SessionsPerInterfaceLimitExceeded(string id) =>
        new("TrafficMirrorSessionsPerInterfaceLimitExceeded",
            $"The maximum number of Traffic Mirror sessions for the specified network interface has been exceeded: {id}.");

    // (seen)
    public static AwsException SourcesPerTargetLimitExceeded(int reached) =>
        new("TrafficMirrorSourcesPerTargetLimitExceeded", $"Sources per interface-target limit reached ({reached})");

    public static AwsException SessionLimitExceeded() =>
        new("TrafficMirrorSessionLimitExceeded", "The maximum number of Traffic Mirror sessions has been exceeded.");

    public static AwsException TargetLimitExceeded() =>
        new("TrafficMirrorTargetLimitExceeded", "The maximum number of Traffic Mirror targets has been exceeded.");

    public static AwsException MirrorFilterLimitExceeded() =>
        new("TrafficMirrorFilterLimitExceeded", "The maximum number of Traffic Mirror filters has been exceeded.");

    public static AwsException FilterRuleLimitExceeded() =>
        new("TrafficMirrorFilterRuleLimitExceeded", "The maximum number of Traffic Mirror filter rules has been exceeded.");

    public static AwsException FilterRuleAlreadyExists() =>
        new("TrafficMirrorFilterRuleAlreadyExists", "The Traffic Mirror filter rule already exists.");

    // (seen; the table of error codes says ...InUseException)
    public static AwsException TargetInUse(string target, string session) =>
        new("TrafficMirrorTargetInUse", $"Cannot delete {target}. Target is in use by {session}");

    // Worded like the target's.
    public static AwsException FilterInUse(string filter, string session) =>
        new("TrafficMirrorFilterInUse", $"Cannot delete {filter}. Filter is in use by {session}");

    public static AwsException OneDestinationRequired() =>
        new("InvalidInput",
            "Invalid number of inputs. Only 1 of NetworkInterfaceId, NetworkLoadBalancerArn or GatewayLoadBalancerEndpointId required.");

    // (own)
    public static AwsException TargetExists(string destination, string target) =>
        InvalidParameterValue($"{destination} is already associated with {target}.");
}

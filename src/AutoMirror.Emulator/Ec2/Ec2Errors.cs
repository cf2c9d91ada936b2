using System.Buffers;

namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// EC2's errors in EC2's words, each named once. Codes are those of "Error codes for the Amazon EC2 API" unless a comment says
/// otherwise; (seen) marks wordings observed from the live service, (own) those for which no source was found.
/// </summary>
internal static class Ec2Errors
{
    // General.
    public static AwsException InvalidAction(string action, string version) =>
        new("InvalidAction", $"The action {action} is not valid for this web service: version {version}."); // (seen, in this form)

    // (seen)
    public static AwsException MissingParameter(string name) => new("MissingParameter", $"The request must contain the parameter {name}");

    public static AwsException UnknownParameter(string name) =>
        new("UnknownParameter", $"The parameter {name} is not recognized"); // (seen)

    public static AwsException NotEmulated(string name) => new("UnsupportedOperation", $"The parameter {name} is not emulated."); // (own)

    public static AwsException InvalidParameterValue(string message) => new("InvalidParameterValue", message);

    public static AwsException NotAnInteger(string name, string value) =>
        new("InvalidParameterValue", $"Value ({value}) for parameter {name} is invalid. Must be an integer.");

    public static AwsException OutOfRange(string name, long value, long least, long most) =>
        new("InvalidParameterValue", $"Value ({value}) for parameter {name} is invalid. Valid values are {least}-{most}.");

    public static AwsException NotOneOf(string name, string value, IEnumerable<string> values) =>
        new("InvalidParameterValue", $"Value ({value}) for parameter {name} is invalid. Valid values: {string.Join(", ", values)}.");

    public static AwsException InvalidParameterCombination(string message) => new("InvalidParameterCombination", message);

    public static AwsException IdsWithMaxResults(string ids) =>
        new("InvalidParameterCombination", $"The parameter {ids} cannot be used with the parameter maxResults"); // (seen)

    public static AwsException MaxResultsTooSmall(int value, int least) =>
        // (seen)
        new("InvalidParameterValue", $"Value ( {value} ) for parameter maxResults is invalid. Expecting a value greater than {least}.");

    public static AwsException MaxResultsTooLarge(int value, int most) =>
        new("InvalidParameterValue",
            $"Value ( {value} ) for parameter maxResults is invalid. Expecting a value less than or equal to {most}.");

    public static AwsException InvalidFilter(string name) => new("InvalidParameterValue", $"The filter '{name}' is invalid"); // (seen)

    public static AwsException FilterWithoutName() => InvalidFilter("null"); // (seen)

    public static AwsException FilterWithoutValues(string name) => new("InvalidParameterValue", $"The filter '{name}' has no values");

    public static AwsException FilterLimitExceeded(int most) =>
        new("FilterLimitExceeded", $"The maximum number of filter values specified on a single call is {most}"); // (seen)

    public static AwsException InvalidNextToken() => new("InvalidNextToken", "The token that you provided for pagination is not valid.");

    public static AwsException DryRunOperation() =>
        new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412); // (seen)

    // (seen)
    public static AwsException UnauthorizedOperation() =>
        new("UnauthorizedOperation", "You are not authorized to perform this operation.", 403);

    public static AwsException IdempotentParameterMismatch() =>
        new("IdempotentParameterMismatch", "The client token has been used before with different parameters.");

    public static AwsException RequestLimitExceeded() => new("RequestLimitExceeded", "Request limit exceeded.", 503); // (seen)

    public static AwsException InternalError() => new("InternalError", "An internal error has occurred", 500); // (seen)

    public static AwsException Unavailable() => new("Unavailable", "The server is overloaded and can't handle the request.", 503);

    // Traffic Mirroring. The NotFound codes are spelt as they are sent, which is not as the error table spells them.
    public static AwsException SessionNotFound(string id) => NotFound("InvalidTrafficMirrorSessionId", "traffic mirror session", id);

    public static AwsException TargetNotFound(string id) => NotFound("InvalidTrafficMirrorTargetId", "traffic mirror target", id);

    public static AwsException FilterNotFound(string id) => NotFound("InvalidTrafficMirrorFilterId", "traffic mirror filter", id);

    public static AwsException FilterRuleNotFound(string id) =>
        NotFound("InvalidTrafficMirrorFilterRuleId", "traffic mirror filter rule", id);

    public static AwsException NetworkInterfaceNotSupported(string id) =>
        new("NetworkInterfaceNotSupported", $"{id} must be attached to a supported instance"); // (seen, in CloudTrail logs)

    public static AwsException SourceIsTarget(string id) =>
        new("InvalidParameterValue", $"{id} can't be a traffic mirror source and a traffic mirror target at the same time."); // (own)

    public static AwsException SessionNumberTaken(int number, string networkInterface) =>
        // code and "already being used" likely, rest (own)
        new("InvalidParameterValue", $"Session number {number} is already being used by another session on {networkInterface}.");

    public static AwsException SessionsPerInterfaceLimitExceeded(string id) =>
        new("TrafficMirrorSessionsPerInterfaceLimitExceeded",
            $"The maximum number of Traffic Mirror sessions for the specified network interface has been exceeded: {id}.");

    public static AwsException SourcesPerTargetLimitExceeded(int reached) =>
        new("TrafficMirrorSourcesPerTargetLimitExceeded", $"Sources per interface-target limit reached ({reached})"); // (seen)

    public static AwsException SessionLimitExceeded() =>
        new("TrafficMirrorSessionLimitExceeded", "The maximum number of Traffic Mirror sessions has been exceeded.");

    public static AwsException TargetLimitExceeded() =>
        new("TrafficMirrorTargetLimitExceeded", "The maximum number of Traffic Mirror targets has been exceeded.");

    public static AwsException FilterLimitReached() =>
        new("TrafficMirrorFilterLimitExceeded", "The maximum number of Traffic Mirror filters has been exceeded.");

    public static AwsException FilterRuleLimitExceeded() =>
        new("TrafficMirrorFilterRuleLimitExceeded", "The maximum number of Traffic Mirror filter rules has been exceeded.");

    public static AwsException FilterRuleAlreadyExists() =>
        new("TrafficMirrorFilterRuleAlreadyExists", "The Traffic Mirror filter rule already exists.");

    public static AwsException TargetInUse(string target, string session) =>
        // (seen; the error table says ...InUseException)
        new("TrafficMirrorTargetInUse", $"Cannot delete {target}. Target is in use by {session}");

    public static AwsException FilterInUse(string filter, string session) =>
        new("TrafficMirrorFilterInUse", $"Cannot delete {filter}. Filter is in use by {session}"); // worded like the target's

    public static AwsException OneDestinationRequired() =>
        new("InvalidInput", "Invalid number of inputs. Only 1 of NetworkInterfaceId, NetworkLoadBalancerArn or "
            + "GatewayLoadBalancerEndpointId required.");

    public static AwsException TargetExists(string destination, string target) =>
        new("InvalidParameterValue", $"{destination} is already associated with {target}."); // (own)

    // Instances and interfaces.
    public static AwsException InstanceNotFound(IReadOnlyCollection<string> ids) => ids.Count == 1
        ? new("InvalidInstanceID.NotFound", $"The instance ID '{ids.First()}' does not exist") // (seen)
        : new("InvalidInstanceID.NotFound", $"The instance IDs '{string.Join(", ", ids)}' do not exist"); // (seen)

    public static AwsException InstanceMalformed(string id) => new("InvalidInstanceID.Malformed", $"Invalid id: \"{id}\""); // (seen)

    public static AwsException IncorrectInstanceState(string id, string verb) =>
        new("IncorrectInstanceState", $"The instance '{id}' is not in a state from which it can be {verb}."); // (seen)

    // (seen)
    public static AwsException InvalidInstanceType(string type) =>
        new("InvalidParameterValue", $"Invalid value '{type}' for InstanceType.");

    public static AwsException InstanceTypesNotFound(string types) =>
        new("InvalidInstanceType", $"The following supplied instance types do not exist: [{types}]"); // (seen)

    public static AwsException NetworkInterfaceNotFound(string id) => IsId("eni", id)
        ? new("InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist") // (seen)
        : Malformed("InvalidNetworkInterfaceId.Malformed", "eni", id);

    public static AwsException NetworkInterfaceInUse(string id) =>
        new("InvalidNetworkInterface.InUse", $"Interface: [{id}] in use."); // (seen)

    public static AwsException NetworkInterfaceCannotBeDeleted(string id) =>
        new("InvalidParameterValue", $"Network interface '{id}' is currently in use."); // (seen)

    public static AwsException DeviceIndexTaken(string instance, int index) =>
        new("InvalidParameterValue", $"Instance '{instance}' already has an interface attached at device index '{index}'."); // (seen)

    public static AwsException AttachmentLimitExceeded(string type, int most) =>
        new("AttachmentLimitExceeded", $"The maximum number of network interfaces for the instance type '{type}' is {most}.");

    // (seen)
    public static AwsException AttachmentNotFound(string id) =>
        new("InvalidAttachmentID.NotFound", $"The attachment '{id}' does not exist");

    public static AwsException PrimaryCannotBeDetached() =>
        new("OperationNotPermitted", "The network interface at device index 0 cannot be detached."); // (seen)

    public static AwsException OtherZone(string networkInterface, string instance) =>
        new("InvalidParameterValue", $"Interface '{networkInterface}' and instance '{instance}' are in different availability zones.");

    public static AwsException AddressInUse(string address) => new("InvalidIPAddress.InUse", $"Address {address} is in use."); // (seen)

    // Networks.
    public static AwsException VpcNotFound(string id) => IsId("vpc", id)
        ? new("InvalidVpcID.NotFound", $"The vpc ID '{id}' does not exist") // (seen)
        : Malformed("InvalidVpcID.Malformed", "vpc", id);

    public static AwsException SubnetNotFound(string id) => IsId("subnet", id)
        ? new("InvalidSubnetID.NotFound", $"The subnet ID '{id}' does not exist") // (seen)
        : Malformed("InvalidSubnetID.Malformed", "subnet", id);

    public static AwsException SecurityGroupNotFound(string id) => IsId("sg", id)
        ? new("InvalidGroup.NotFound", $"The security group '{id}' does not exist") // (seen)
        : Malformed("InvalidGroupId.Malformed", "sg", id);

    public static AwsException SecurityGroupNameNotFound(string name, string vpc) =>
        new("InvalidGroup.NotFound", $"The security group '{name}' does not exist in VPC '{vpc}'"); // (seen)

    // (seen)
    public static AwsException NetworkAclNotFound(string id) =>
        new("InvalidNetworkAclID.NotFound", $"The networkAcl ID '{id}' does not exist");

    public static AwsException DuplicateGroup(string name, string vpc) =>
        new("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpc}'"); // (seen)

    public static AwsException DuplicatePermission(string peer) =>
        new("InvalidPermission.Duplicate", $"the specified rule \"{peer}\" already exists"); // (seen)

    public static AwsException PortRangeRequired() => new(
        "InvalidParameterValue", "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange."); // (seen)

    public static AwsException InvalidPortRange(int from, int to) =>
        new("InvalidParameterValue", $"Invalid value '{from}-{to}' for portRange. Must be in the range 0-65535, from before to.");

    public static AwsException PermissionNotFound() =>
        new("InvalidPermission.NotFound", "The specified rule does not exist in this security group."); // (seen)

    public static AwsException DependencyViolation(string kind, string id) =>
        new("DependencyViolation", $"The {kind} '{id}' has dependencies and cannot be deleted."); // (seen)

    public static AwsException SubnetConflict(string cidr) =>
        new("InvalidSubnet.Conflict", $"The CIDR '{cidr}' conflicts with another subnet"); // (seen)

    public static AwsException SubnetOutsideVpc(string cidr) => new("InvalidSubnet.Range", $"The CIDR '{cidr}' is invalid."); // (seen)

    public static AwsException NoIpv6Block(string subnet) =>
        new("InvalidParameterValue", $"subnet {subnet} does not have an IPv6 CIDR block");

    public static AwsException UnknownProtocol(string protocol) =>
        new("InvalidParameterValue", $"Invalid value '{protocol}' for IP protocol. Unknown protocol."); // (seen)

    public static AwsException InvalidGroupText(string what) => new("InvalidParameterValue", $"Invalid security group {what}. Valid "
        + $"{what}s are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*"); // (seen)

    public static AwsException NoFreeAddress(string subnet) =>
        new("InsufficientFreeAddressesInSubnet",
            $"There are not enough free addresses in subnet '{subnet}' to satisfy the requested number of instances.");

    // Tags.
    public static AwsException InvalidId(string id) => new("InvalidID", $"The ID '{id}' is not valid"); // (seen)

    public static AwsException TagLimitExceeded() => new("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");

    public static AwsException ReservedTagKey() =>
        new("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use"); // (seen)

    public static AwsException TagKeyTooLong() => new("InvalidParameterValue", "Tag key exceeds the maximum length of 128 characters");

    public static AwsException TagValueTooLong() => new("InvalidParameterValue", "Tag value exceeds the maximum length of 256 characters");

    public static AwsException TagKeyTwice(string key) =>
        new("InvalidParameterValue", $"Duplicate tag key '{key}' specified."); // (seen)

    public static AwsException NoTags() => new("InvalidParameterValue", "Tag specification must have at least one tag"); // (seen)

    public static AwsException TagSpecificationTwice(string type) =>
        new("InvalidParameterValue", $"The resource type '{type}' has more than one tag specification."); // (own)

    public static AwsException NotTaggable(string type) =>
        new("InvalidParameterValue", $"'{type}' is not a valid taggable resource type for this operation."); // (seen)

    private static readonly SearchValues<char> IdDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Eight hexadecimal digits or seventeen ("Resource IDs" in the EC2 User Guide).</summary>
    public static bool IsId(string prefix, string id) => id.StartsWith(prefix + "-", StringComparison.Ordinal)
        && id.AsSpan(prefix.Length + 1) is { Length: 8 or 17 } digits && !digits.ContainsAnyExcept(IdDigits);

    private static AwsException Malformed(string code, string prefix, string id) =>
        new(code, $"Invalid id: \"{id}\" (expecting \"{prefix}-...\")"); // (seen)

    private static AwsException NotFound(string code, string noun, string id) =>
        new($"{code}.NotFound", $"The {noun} ID '{id}' does not exist");
}

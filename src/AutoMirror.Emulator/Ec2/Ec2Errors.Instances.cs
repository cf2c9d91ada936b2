namespace AutoMirror.Emulator.Ec2;

/// <summary>Errors of instances, their types and their launch.</summary>
internal static partial class Ec2Errors
{
    // (seen)
    public static AwsException InstanceNotFound(IReadOnlyCollection<string> ids) => ids.Count == 1
        ? NotFound("InvalidInstanceID.NotFound", "instance", ids.First())
        : new("InvalidInstanceID.NotFound", $"The instance IDs '{string.Join(", ", ids)}' do not exist");

    // (seen)
    public static AwsException InstanceMalformed(string id) => new("InvalidInstanceID.Malformed", $"Invalid id: \"{id}\"");

    // (seen)
    public static AwsException IncorrectInstanceState(string id, string verb) =>
        new("IncorrectInstanceState", $"The instance '{id}' is not in a state from which it can be {verb}.");

    // (seen)
    public static AwsException InvalidInstanceType(string type) => InvalidParameterValue($"Invalid value '{type}' for InstanceType.");

    // (seen)
    public static AwsException InstanceTypesNotFound(IReadOnlyCollection<string> types) =>
        new("InvalidInstanceType", $"The following supplied instance types do not exist: [{string.Join(", ", types)}]");

    public static AwsException ImageMalformed(string id) => Malformed("InvalidAMIID.Malformed", "ami", id);

    // (seen: the code, and that a resource-based policy denies it)
    public static AwsException ManagedByOperator(string principal, string resource) => new(
        "UnauthorizedOperation",
        $"You are not authorized to perform this operation. {resource} is managed by {principal}, with an explicit deny in a "
            + "resource-based policy.",
        403);

    public static AwsException LaunchTemplateNotFound(string? idOrName) =>
        new("InvalidLaunchTemplateId.NotFound", $"The specified launch template, with template ID {idOrName}, does not exist.");

    // (seen)
    public static AwsException NoDefaultSubnet() =>
        new("MissingInput", "No subnets found for the default VPC. Please specify a subnet.");
}

namespace AutoMirror.Emulator.Lambda;

/// <summary>Lambda's errors, by its API reference. (seen) marks wordings that the live service was observed to use.</summary>
internal static class LambdaErrors
{
    // (seen)
    public static AwsException FunctionNotFound(Cloud cloud, string name) => NotFound(
        $"Function not found: {(name.StartsWith("arn:", StringComparison.Ordinal) ? name : cloud.Arn("lambda", $"function:{name}"))}");

    // (seen)
    public static AwsException FunctionExists(string name) => Conflict($"Function already exist: {name}");

    // (seen)
    public static AwsException NoPolicy() => NotFound("The resource you requested does not exist.");

    // (seen)
    public static AwsException StatementNotFound(string id) => NotFound($"Statement {id} is not found in resource policy.");

    // (seen)
    public static AwsException StatementExists(string id) =>
        Conflict($"The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement.");

    // (seen)
    public static AwsException NoEventInvokeConfiguration(string arn) =>
        NotFound($"The function {arn}:$LATEST doesn't have an EventInvokeConfig");

    // (seen)
    public static AwsException MappingNotFound() => NotFound("The resource you requested does not exist.");

    // (seen)
    public static AwsException MappingExists(string queue, string function, string id) => Conflict(
        $"An event source mapping with SQS arn (\" {queue} \") and function (\" {function} \") already exists. Please update or delete the "
            + $"existing mapping with UUID {id}");

    public static AwsException TagsOfUnknown(string arn) => NotFound($"The resource you requested does not exist: {arn}");

    // (seen)
    public static AwsException NotAssumable() => Invalid("The role defined for the function cannot be assumed by Lambda.");

    // (seen)
    public static AwsException RoleMayNot(string action, string service) =>
        Invalid($"The provided execution role does not have permissions to call {action} on {service}");

    // (seen)
    public static AwsException NotAZip() => Invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");

    // (seen)
    public static AwsException EmptyZip() => Invalid("Uploaded file must be a non-empty zip");

    // (seen)
    public static AwsException NoObject(string code, string message) =>
        Invalid($"Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: {message}");

    // (seen)
    public static AwsException ReservedVariables(IEnumerable<string> names) => Invalid(
        "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved "
            + $"keys that are currently not supported for modification. Reserved keys used in this request: {string.Join(", ", names)}");

    // (seen)
    public static AwsException EnvironmentTooLarge() => Invalid(
        "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the "
            + "4KB limit.");

    // (seen)
    public static AwsException UnreservedTooLow(int least) => Invalid(
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value "
            + $"of [{least}].");

    // (seen)
    public static AwsException ReservedConcurrencyReached() =>
        new("TooManyRequestsException", "Rate Exceeded.", 429);

    // (seen)
    public static AwsException RevisionMismatch() => new(
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest "
            + "Revision Id",
        412);

    public static AwsException NotEmulated(string what) => Invalid($"{what} is not emulated.");

    public static AwsException Invalid(string message) => new("InvalidParameterValueException", message);

    private static AwsException NotFound(string message) => new("ResourceNotFoundException", message, 404);

    private static AwsException Conflict(string message) => new("ResourceConflictException", message, 409);
}

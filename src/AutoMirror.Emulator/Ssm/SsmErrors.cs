namespace AutoMirror.Emulator.Ssm;

/// <summary>Parameter Store's errors, by the service model; wordings (seen) where observed.</summary>
internal static class SsmErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    public static AwsException NotFound() => new("ParameterNotFound", ""); // (seen: GetParameter gives no message)

    public static AwsException VersionNotFound(string name) =>
        new("ParameterVersionNotFound", $"Systems Manager could not find version of {name}. Verify the version and try again.");

    public static AwsException AlreadyExists() =>
        // (seen)
        new("ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");

    // (seen)
    public static AwsException UnsupportedType(string type) =>
        new("UnsupportedParameterType", $"The parameter type {type} is not supported.");

    public static AwsException PatternMismatch() =>
        new("ParameterPatternMismatchException", "Parameter value, cannot be validated against allowedPattern"); // (seen)

    public static AwsException TooManyLevels() =>
        new("HierarchyLevelLimitExceededException", "The hierarchy has more than 15 levels.");

    public static AwsException InvalidFilterKey(string key) => new("InvalidFilterKey", $"The following filter key is not valid: {key}.");

    public static AwsException InvalidFilterOption(string option) =>
        new("InvalidFilterOption", $"The following filter option is not valid: {option}.");

    public static AwsException InvalidFilterValue(string key) =>
        new("InvalidFilterValue", $"The filter value is not valid: {key} needs values.");

    public static AwsException TooManyTags() => new("TooManyTagsError", "The tag limit for this resource has been reached.");

    /// <summary>For what the model documents and this emulator has nothing for.</summary>
    public static AwsException NotEmulated(string member) => Validation($"{member} is not emulated."); // (own)

    public static AwsException InvalidNextToken() => new("InvalidNextToken", "The specified token isn't valid.");

    public static AwsException InvalidResourceId() => new("InvalidResourceId", "The resource ID isn't valid.");

    public static AwsException Throttling() => new("ThrottlingException", "Rate exceeded"); // (seen)
}

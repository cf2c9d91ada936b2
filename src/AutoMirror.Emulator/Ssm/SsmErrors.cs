namespace AutoMirror.Emulator.Ssm;

/// <summary>Parameter Store's errors, by the service model. (seen) marks wordings that the live service was observed to use.</summary>
internal static class SsmErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    // (seen: GetParameter gives no message)
    public static AwsException NotFound() => new("ParameterNotFound", "");

    public static AwsException VersionNotFound(string name) =>
        new("ParameterVersionNotFound", $"Systems Manager could not find version of {name}. Verify the version and try again.");

    // (seen)
    public static AwsException AlreadyExists() =>
        new("ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");

    // (seen)
    public static AwsException TagsWithOverwrite() => Validation(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To "
            + "update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.");

    // (seen)
    public static AwsException UnsupportedType(string type) =>
        new("UnsupportedParameterType", $"The parameter type {type} is not supported.");

    // (seen)
    public static AwsException PatternMismatch() =>
        new("ParameterPatternMismatchException", "Parameter value, cannot be validated against allowedPattern");

    public static AwsException TooManyLevels() =>
        new("HierarchyLevelLimitExceededException", "The hierarchy has more than 15 levels.");

    public static AwsException InvalidFilterKey(string key) => new("InvalidFilterKey", $"The following filter key is not valid: {key}.");

    public static AwsException InvalidFilterOption(string option) =>
        new("InvalidFilterOption", $"The following filter option is not valid: {option}.");

    public static AwsException InvalidFilterValue(string key) =>
        new("InvalidFilterValue", $"The filter value is not valid: {key} needs values.");

    public static AwsException TooManyTags() => new("TooManyTagsError", "The tag limit for this resource has been reached.");

    /// <summary>The error (own) for a member that the model documents and the emulator does not model.</summary>
    public static AwsException NotEmulated(string member) => Validation($"{member} is not emulated.");

    public static AwsException InvalidNextToken() => new("InvalidNextToken", "The specified token isn't valid.");

    public static AwsException InvalidResourceId() => new("InvalidResourceId", "The resource ID isn't valid.");

    public static AwsException InvalidResourceType() =>
        new("InvalidResourceType",
            "The resource type isn't valid. For example, if you are attempting to tag an EC2 instance, the instance must be a registered "
                + "managed node.");

    // (seen)
    public static AwsException Throttling() => new("ThrottlingException", "Rate exceeded");
}

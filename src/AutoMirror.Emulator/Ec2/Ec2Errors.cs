namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// EC2's errors in EC2's words, each named once. This file has the errors that any action can give, Ec2Errors.Mirroring.cs and its
/// neighbours those of one kind of resource. Codes are those of "Error codes for the Amazon EC2 API" unless a comment says otherwise.
/// (seen) marks wordings that the live service was observed to use, (own) those for which no source was found.
/// </summary>
internal static partial class Ec2Errors
{
    public static AwsException MissingAction() =>
        new("MissingAction", "The request is missing an action or a required parameter.");

    // (seen, in this form)
    public static AwsException InvalidAction(string action, string version) =>
        new("InvalidAction", $"The action {action} is not valid for this web service: version {version}.");

    // (seen)
    public static AwsException MissingParameter(string name) =>
        new("MissingParameter", $"The request must contain the parameter {name}");

    // (seen)
    public static AwsException UnknownParameter(string name) =>
        new("UnknownParameter", $"The parameter {name} is not recognized");

    // (own)
    public static AwsException NotEmulated(string name) =>
        new("UnsupportedOperation", $"The parameter {name} is not emulated.");

    public static AwsException InvalidParameterValue(string message) => new("InvalidParameterValue", message);

    public static AwsException NotAnInteger(string name, string value) =>
        InvalidParameterValue($"Value ({value}) for parameter {name} is invalid. Must be an integer.");

    public static AwsException OutOfRange(string name, long value, long least, long most) =>
        InvalidParameterValue($"Value ({value}) for parameter {name} is invalid. Valid values are {least}-{most}.");

    public static AwsException NotOneOf(string name, string value, IEnumerable<string> values) =>
        InvalidParameterValue($"Value ({value}) for parameter {name} is invalid. Valid values: {string.Join(", ", values)}.");

    public static AwsException InvalidParameterCombination(string message) => new("InvalidParameterCombination", message);

    // (seen)
    public static AwsException IdsWithMaxResults(string ids) =>
        InvalidParameterCombination($"The parameter {ids} cannot be used with the parameter maxResults");

    // (seen)
    public static AwsException MaxResultsTooSmall(int value, int least) =>
        InvalidParameterValue($"Value ( {value} ) for parameter maxResults is invalid. Expecting a value greater than {least}.");

    public static AwsException MaxResultsTooLarge(int value, int most) =>
        InvalidParameterValue($"Value ( {value} ) for parameter maxResults is invalid. Expecting a value less than or equal to {most}.");

    // (seen)
    public static AwsException InvalidFilter(string name) => InvalidParameterValue($"The filter '{name}' is invalid");

    // (seen)
    public static AwsException FilterWithoutName() => InvalidFilter("null");

    public static AwsException FilterWithoutValues(string name) => InvalidParameterValue($"The filter '{name}' has no values");

    // (seen)
    public static AwsException FilterLimitExceeded(int most) =>
        new("FilterLimitExceeded", $"The maximum number of filter values specified on a single call is {most}");

    public static AwsException InvalidNextToken() => new("InvalidNextToken", "The token that you provided for pagination is not valid.");

    // (seen)
    public static AwsException DryRunOperation() =>
        new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);

    // (seen)
    public static AwsException UnauthorizedOperation() =>
        new("UnauthorizedOperation", "You are not authorized to perform this operation.", 403);

    // (seen, of interfaces that AWS services made)
    public static AwsException AuthFailure() =>
        new("AuthFailure", "You do not have permission to access the specified resource.");

    public static AwsException IdempotentParameterMismatch() =>
        new("IdempotentParameterMismatch", "The client token has been used before with different parameters.");

    // (seen)
    public static AwsException RequestLimitExceeded() => new("RequestLimitExceeded", "Request limit exceeded.", 503);

    // (seen)
    public static AwsException InternalError() => new("InternalError", "An internal error has occurred", 500);

    public static AwsException Unavailable() => new("Unavailable", "The server is overloaded and can't handle the request.", 503);

    // (seen)
    private static AwsException Malformed(string code, string prefix, string id) =>
        new(code, $"Invalid id: \"{id}\" (expecting \"{prefix}-...\")");

    private static AwsException NotFound(string code, string noun, string id) => new(code, $"The {noun} ID '{id}' does not exist");
}

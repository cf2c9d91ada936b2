namespace AutoMirror.Emulator.Logs;

/// <summary>The errors of CloudWatch Logs, by its API reference. (seen) marks wordings that the live service was observed to use.</summary>
internal static class LogsErrors
{
    // (seen)
    public static AwsException GroupNotFound() => NotFound("The specified log group does not exist.");

    // (seen)
    public static AwsException StreamNotFound() => NotFound("The specified log stream does not exist.");

    // (seen)
    public static AwsException GroupExists() => Exists("The specified log group already exists");

    // (seen)
    public static AwsException StreamExists() => Exists("The specified log stream already exists");

    public static AwsException QueryNotFound() => NotFound("The specified query definition does not exist.");

    public static AwsException ResourceNotFound(string arn) => NotFound($"The specified resource does not exist: {arn}");

    public static AwsException Invalid(string message) => new("InvalidParameterException", message);

    /// <summary>The error (own) for a filter pattern of a kind that the emulator does not read.</summary>
    public static AwsException PatternNotEmulated(string pattern) =>
        Invalid($"The filter pattern '{pattern}' is not emulated: use terms, or a pattern for JSON.");

    // (seen)
    public static AwsException InvalidPattern() => Invalid("Invalid filter pattern");

    public static AwsException InvalidToken() => Invalid("The specified nextToken is invalid.");

    private static AwsException NotFound(string message) => new("ResourceNotFoundException", message);

    private static AwsException Exists(string message) => new("ResourceAlreadyExistsException", message);
}

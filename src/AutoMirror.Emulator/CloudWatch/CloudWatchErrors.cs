namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// CloudWatch's errors, by its API reference. Their codes in the Query protocol are shorter. (seen) marks wordings that the live service
/// was observed to use.
/// </summary>
internal static class CloudWatchErrors
{
    public static AwsException Invalid(string message) =>
        new("InvalidParameterValueException", message) { QueryCode = "InvalidParameterValue" };

    // (seen, in this form)
    public static AwsException StartBeforeEnd() =>
        new("ValidationError", "The parameter StartTime must be less than the parameter EndTime.") { QueryCode = "ValidationError" };

    public static AwsException InvalidCombination(string message) =>
        new("InvalidParameterCombinationException", message) { QueryCode = "InvalidParameterCombination" };

    // (seen)
    public static AwsException TooManyDatapoints(double asked, int most) => InvalidCombination(
        $"You have requested up to {asked} datapoints, which exceeds the limit of {most}. You may reduce the datapoints requested by "
            + "increasing Period, or decreasing the time range.");

    public static AwsException Missing(string message) =>
        new("MissingRequiredParameterException", message) { QueryCode = "MissingParameter" };

    // (seen)
    public static AwsException DashboardNotFound(string name) =>
        new("DashboardNotFoundError", $"Dashboard {name} does not exist", 404) { QueryCode = "ResourceNotFound" };

    public static AwsException InvalidDashboard(string message) =>
        new("DashboardInvalidInputError", message) { QueryCode = "InvalidParameterInput" };

    public static AwsException AlarmNotFound(string name) =>
        new("ResourceNotFound", $"Alarm {name} does not exist", 404) { QueryCode = "ResourceNotFound" };

    public static AwsException ResourceNotFound(string arn) =>
        new("ResourceNotFoundException", $"The named resource does not exist: {arn}", 404) { QueryCode = "ResourceNotFoundException" };

    public static AwsException InvalidNextToken() => new("InvalidNextToken", "The next token specified is invalid.");

    /// <summary>The error (own) for what the emulator does not do: some statistics, some functions of metric math.</summary>
    public static AwsException NotEmulated(string what) => Invalid($"{what} is not emulated.");
}

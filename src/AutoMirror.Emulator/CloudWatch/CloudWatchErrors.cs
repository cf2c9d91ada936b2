namespace AutoMirror.Emulator.CloudWatch;

/// <summary>CloudWatch's errors. Clients still go by the codes of its older Query protocol, which a header repeats.</summary>
internal static class CloudWatchErrors
{
    // (seen)
    public static AwsException Missing(string name) => Validation($"The parameter {name} is required.");

    // (seen, in this form)
    public static AwsException StartBeforeEnd() => Validation("The parameter StartTime must be less than the parameter EndTime.");

    // (seen)
    public static AwsException TooManyPoints(int asked, int most) => Validation(
        $"You have requested up to {asked} datapoints, which exceeds the limit of {most}.");

    public static AwsException Validation(string message) => new("ValidationError", message) { QueryCode = "ValidationError" };

    public static AwsException InvalidNextToken() =>
        new("InvalidNextToken", "The next token specified is invalid.") { QueryCode = "InvalidNextToken" };

    // (own)
    public static AwsException NotEmulated(string what) => Validation($"{what} is not emulated.");

    public static AwsException InvalidAction(string action) =>
        new("InvalidAction", $"Could not find operation {action} for version {CloudWatchApi.Version}") { QueryCode = "InvalidAction" };
}

namespace AutoMirror.Emulator.Sqs;

/// <summary>
/// SQS's errors, by its API reference. (seen) marks wordings that the live service was observed to use. Clients know some errors by the
/// code of the older Query protocol.
/// </summary>
internal static class SqsErrors
{
    public static AwsException QueueDoesNotExist() =>
        new("QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = "AWS.SimpleQueueService.NonExistentQueue" };

    // (seen)
    public static AwsException QueueNameExists(string attribute) =>
        new("QueueNameExists", $"A queue already exists with the same name and a different value for attribute {attribute}")
        {
            QueryCode = "QueueAlreadyExists",
        };

    public static AwsException InvalidParameterValue(string message) => new("InvalidParameterValue", message);

    // (seen)
    public static AwsException InvalidQueueName() =>
        InvalidParameterValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");

    // (seen)
    public static AwsException OutOfRange(string name, int value, int least, int most) =>
        InvalidParameterValue($"Value {value} for parameter {name} is invalid. Reason: Must be between {least} and {most}, if provided.");

    public static AwsException EmptyMessage() => InvalidParameterValue("The request must contain the parameter MessageBody.");

    // (seen)
    public static AwsException MessageTooLong(int most) =>
        InvalidParameterValue($"One or more parameters are invalid. Reason: Message must be shorter than {most} bytes.");

    public static AwsException NotForStandardQueues() =>
        InvalidParameterValue("The request includes a parameter that is not valid for this queue type.");

    // (seen)
    public static AwsException InvalidReceiptHandle(string handle) =>
        new("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");

    public static AwsException MessageNotInFlight() => Coded("MessageNotInflight", "The specified message isn't in flight.");

    public static AwsException EmptyBatch() => Coded("EmptyBatchRequest", "There should be at least one entry in the request.");

    public static AwsException TooManyEntries(int count, int most) =>
        Coded("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {most}. You have sent {count}.");

    public static AwsException InvalidBatchEntryId() => Coded(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");

    public static AwsException BatchEntryIdsNotDistinct() =>
        Coded("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");

    // (seen)
    public static AwsException UnknownAttribute(string name) => new("InvalidAttributeName", $"Unknown Attribute {name}.");

    // (seen)
    public static AwsException InvalidAttribute(string name) => new("InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    // (seen)
    public static AwsException InvalidRedrivePolicy(string policy, string reason) =>
        InvalidParameterValue($"Value {policy} for parameter RedrivePolicy is invalid. Reason: {reason}");

    public static AwsException InvalidNextToken() =>
        new("InvalidNextToken", "The token that you provided for pagination is not valid.");

    /// <summary>An error whose code in the Query protocol has the service's name before it.</summary>
    private static AwsException Coded(string code, string message) =>
        new(code, message) { QueryCode = $"AWS.SimpleQueueService.{code}" };
}

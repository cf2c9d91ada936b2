namespace AutoMirror.Emulator.Ec2;

/// <summary>Errors of tags.</summary>
internal static partial class Ec2Errors
{
    // (seen)
    public static AwsException InvalidId(string id) => new("InvalidID", $"The ID '{id}' is not valid");

    public static AwsException TagLimitExceeded() =>
        new("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");

    // (seen)
    public static AwsException ReservedTagKey() =>
        InvalidParameterValue("Tag keys starting with 'aws:' are reserved for internal use");

    public static AwsException TagKeyTooLong() => InvalidParameterValue("Tag key exceeds the maximum length of 128 characters");

    public static AwsException TagValueTooLong() => InvalidParameterValue("Tag value exceeds the maximum length of 256 characters");

    // (seen)
    public static AwsException TagKeyTwice(string key) => InvalidParameterValue($"Duplicate tag key '{key}' specified.");

    // (seen)
    public static AwsException NoTags() => InvalidParameterValue("Tag specification must have at least one tag");

    // (own)
    public static AwsException TagSpecificationTwice(string type) =>
        InvalidParameterValue($"The resource type '{type}' has more than one tag specification.");

    // (seen)
    public static AwsException NotTaggable(string type) =>
        InvalidParameterValue($"'{type}' is not a valid taggable resource type for this operation.");
}

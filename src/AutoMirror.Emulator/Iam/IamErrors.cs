namespace AutoMirror.Emulator.Iam;

/// <summary>IAM's errors, by its API reference. (seen) marks wordings that the live service was observed to use.</summary>
internal static class IamErrors
{
    // (seen)
    public static AwsException RoleNotFound(string name) => NoSuchEntity($"The role with name {name} cannot be found.");

    // (seen)
    public static AwsException RolePolicyNotFound(string name) => NoSuchEntity($"The role policy with name {name} cannot be found.");

    // (seen)
    public static AwsException PolicyNotFound(string arn) => NoSuchEntity($"Policy {arn} was not found.");

    // (seen)
    public static AwsException NotAttachable(string arn) => NoSuchEntity($"Policy {arn} does not exist or is not attachable.");

    public static AwsException PolicyNotAttached(string arn) => NoSuchEntity($"Policy {arn} was not found.");

    public static AwsException VersionNotFound(string arn, string version) =>
        NoSuchEntity($"Policy {arn} version {version} does not exist or is not attachable.");

    // (seen)
    public static AwsException RoleExists(string name) => new("EntityAlreadyExists", $"Role with name {name} already exists.", 409);

    // (seen)
    public static AwsException PolicyExists(string name) =>
        new("EntityAlreadyExists", $"A policy called {name} already exists. Duplicate names are not allowed.", 409);

    // (seen)
    public static AwsException InlinePoliciesFirst() => DeleteConflict("Cannot delete entity, must delete policies first.");

    // (seen)
    public static AwsException DetachFirst() => DeleteConflict("Cannot delete entity, must detach all policies first.");

    // (seen)
    public static AwsException PolicyAttached() => DeleteConflict("Cannot delete a policy attached to entities.");

    public static AwsException VersionsFirst() =>
        DeleteConflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions.");

    // (seen)
    public static AwsException DefaultVersion() => DeleteConflict("Cannot delete the default version of a policy.");

    // (seen)
    public static AwsException TooManyVersions() => new(
        "LimitExceeded",
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.", 409);

    // (seen)
    public static AwsException QuotaExceeded(string quota, int most) =>
        new("LimitExceeded", $"Cannot exceed quota for {quota}: {most}", 409);

    // (seen)
    public static AwsException RolePoliciesTooLarge(int most, string role) =>
        new("LimitExceeded", $"Maximum policy size of {most} bytes exceeded for role {role}", 409);

    public static AwsException Malformed(string message) => new("MalformedPolicyDocument", message);

    public static AwsException InvalidInput(string message) => new("InvalidInput", message);

    public static AwsException InvalidMarker() => new("ValidationError", "Invalid Marker.");

    // (documented: NoSuchEntity; the words are not)
    public static AwsException SourceNotFound(string arn) => NoSuchEntity($"The entity {arn} cannot be found.");

    private static AwsException NoSuchEntity(string message) => new("NoSuchEntity", message, 404);

    private static AwsException DeleteConflict(string message) => new("DeleteConflict", message, 409);
}

namespace AutoMirror.Core.Model;

/// <summary>What a deployment is set up with, besides its configuration in Parameter Store.</summary>
internal sealed record DeploymentSettings
{
    /// <summary>Whose sessions the function manages.</summary>
    public Deployment Deployment { get; init; } = Deployment.Default;

    public string Region { get; init; } = "us-east-1";

    /// <summary>The account whose instances the function manages; null where nobody said.</summary>
    public string? Account { get; init; }

    public string Prefix { get; init; } = "/automirror";

    /// <summary>Whether a request may lift the policy's limits. A function can't tell
    /// a person's request from a rule's constant one.</summary>
    public bool AllowDeletes { get; init; }

    /// <summary>The name of the function's role; null when it is not known, and so the function's own calls are not.</summary>
    public string? RoleName { get; init; }

    /// <summary>The function's name, which is also the name of its role's sessions.</summary>
    public string? FunctionName { get; init; }

    /// <summary>Whether a caller is this function: its role, in a session with the function's
    /// name. Any other session of the role is somebody else.</summary>
    public bool IsOwnCall(string callerArn) =>
        RoleName is not null && FunctionName is not null && callerArn.Split(':') is [_, _, "sts", _, _, var resource]
        && resource == $"assumed-role/{RoleName}/{FunctionName}";

    /// <summary>Whether a parameter is part of this deployment's configuration. What lies in another folder below
    /// the prefix belongs to a deployment inside it.</summary>
    public bool IsOwnParameter(string name) => name.StartsWith($"{Prefix}/", StringComparison.Ordinal)
        && name[(Prefix.Length + 1)..] is var rest
        && (!rest.Contains('/', StringComparison.Ordinal) || rest.StartsWith("targets/", StringComparison.Ordinal));
}

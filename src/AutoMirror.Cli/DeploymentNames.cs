namespace AutoMirror.Cli;

/// <summary>Which deployment a command is about: the one that the environment names.</summary>
internal static class DeploymentNames
{
    /// <summary>Refuses one name alone, which would be completed by the other's default: that may belong to another deployment.</summary>
    public static void Check()
    {
        bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };
        if (IsSet("AUTOMIRROR_DEPLOYMENT") != IsSet("AUTOMIRROR_PREFIX"))
        {
            throw new UsageException(
                "AUTOMIRROR_DEPLOYMENT and AUTOMIRROR_PREFIX name one deployment together: set both, as the function's environment has "
                    + "them, or neither.");
        }
    }
}

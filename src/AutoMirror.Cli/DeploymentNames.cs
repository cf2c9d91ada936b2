using AutoMirror.Cli.Connecting;

namespace AutoMirror.Cli;

/// <summary>Which deployment a command is about.</summary>
internal static class DeploymentNames
{
    /// <summary>Refuses one name alone, which would be completed by the other's default: that may belong to another deployment.</summary>
    public static void Check(Variables variables)
    {
        if (variables[Variables.Deployment] is null != variables[Variables.Prefix] is null)
        {
            throw new UsageException(
                "a deployment's name and its prefix belong together: give both --deployment and --prefix (or AUTOMIRROR_DEPLOYMENT and "
                    + "AUTOMIRROR_PREFIX), as the function's environment has them, or neither");
        }
    }
}

namespace AutoMirror.Emulator.Lambda;

/// <summary>How requests name a function: its name, its ARN, or its ARN from the account on; each may have a qualifier.</summary>
internal static class FunctionNames
{
    public static string NameOf(Cloud cloud, string nameOrArn)
    {
        foreach (var start in (string[])[cloud.Arn("lambda", "function:"), $"{cloud.Options.AccountId}:function:", "function:"])
        {
            if (nameOrArn.StartsWith(start, StringComparison.Ordinal))
                return nameOrArn[start.Length..].Split(':')[0];
        }

        // An ARN of another account or Region names no function here.
        return nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : nameOrArn.Split(':')[0];
    }
}

using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>A test that needs Terraform with the AWS provider: without them it is skipped, and the skip says what is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsTerraformFactAttribute : FactAttribute
{
    public NeedsTerraformFactAttribute()
    {
        if (TerraformModule.WhyNot is { } reason)
            Skip = $"SKIPPED, not passed: {reason}.";
    }
}

/// <summary>A test that deploys: it needs Terraform, the aws CLI, and a shell that starts the function's program.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsDeploymentFactAttribute : FactAttribute
{
    public NeedsDeploymentFactAttribute() => Skip = OperatingSystem.IsWindows()
        ? "SKIPPED, not passed: this machine starts no shell script as a program."
        : new NeedsToolFactAttribute("aws").Skip ?? new NeedsTerraformFactAttribute().Skip;
}

/// <summary>A test that compares the two: it needs Terraform, and python3 with the SAM translator.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsSamAndTerraformFactAttribute : FactAttribute
{
    public NeedsSamAndTerraformFactAttribute() =>
        Skip = new NeedsPythonModuleFactAttribute("samtranslator").Skip ?? new NeedsTerraformFactAttribute().Skip;
}

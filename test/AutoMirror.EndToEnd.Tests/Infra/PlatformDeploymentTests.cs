using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>What a platform team asks for, applied: a VPC, a key, a boundary, a role's path, a log group that stays, a released
/// package, a role that exists.</summary>
public sealed class PlatformDeploymentTests
{
    private const string Log = "/network/automirror";
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string Signing = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0";

    private const string Trust = """
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        }
        """;

    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;

    [NeedsDeploymentFact]
    public async Task The_private_example_is_applied_mirrors_within_its_boundary_and_leaves_its_log()
    {
        await using var deployed = await DeployedExample.StartAsync("private-vpc");
        var subnets = await deployed.AwsAsync("ec2", "describe-subnets", "--query", "Subnets[:2].SubnetId", "--output", "text");
        var group = await deployed.AwsAsync("ec2", "create-security-group", "--group-name", "automirror", "--description", "443 out",
            "--query", "GroupId", "--output", "text");
        var boundary = await deployed.AwsAsync("iam", "create-policy", "--policy-name", "boundary", "--policy-document",
            Boundary("ec2:*"), "--query", "Policy.Arn", "--output", "text");
        (string, string)[] variables =
        [
            ("package", FunctionPackage.Write(Folder, "private")), ("capture_interface", deployed.LaunchSensor()),
            ("subnet_ids", $"[\"{string.Join("\",\"", subnets.Split())}\"]"), ("security_group_id", group), ("kms_key_arn", Key),
            ("permissions_boundary", boundary),
        ];

        await deployed.ApplyAsync(variables);
        await deployed.PlanNothingAsync(variables);
        var function = deployed.Cloud.Lambda.Find("automirror")!.Configuration;
        var role = deployed.Cloud.Iam.Roles.Get("automirror-us-east-1");
        Assert.Equal((Key, Log, role.Arn), (function.KmsKeyArn, function.LogGroup, function.Role));
        Assert.Equal(("arn:aws:iam::123456789012:role/network/automirror-us-east-1", boundary), (role.Arn, role.PermissionsBoundary));
        Assert.Equal(subnets.Split(), (await deployed.AwsAsync("lambda", "get-function-configuration", "--function-name", "automirror",
            "--query", "VpcConfig.SubnetIds", "--output", "text")).Split());
        Launch(deployed);
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 1);
        Assert.Contains((await deployed.SessionsAsync())[0].Tags, tag => tag is { Key: "cost-centre", Value: "4711" });

        // What the boundary does not allow, no statement of the role does.
        await deployed.AwsAsync("iam", "create-policy-version", "--policy-arn", boundary, "--set-as-default", "--policy-document",
            Boundary("ec2:Describe*"));
        Launch(deployed);
        await deployed.UntilAsync(Log, () => Task.FromResult(deployed.Cloud.Iam.Decisions.Any(decision =>
            !decision.IsAllowed && decision.Action == "ec2:CreateTrafficMirrorSession")));
        Assert.Single(await deployed.SessionsAsync());

        await EndSessionsAsync(deployed);
        await deployed.DestroyModuleAsync(variables);
        Assert.Empty(deployed.Cloud.Lambda.Functions);
        Assert.Equal([Log], deployed.Cloud.Logs.Groups.Select(each => each.Name));
        Assert.Contains(deployed.Cloud.Logs.Get(Log).Messages, line => line.Contains("session created", StringComparison.Ordinal));
    }

    [NeedsDeploymentFact]
    public async Task A_released_package_is_applied_by_its_version_and_then_under_a_role_that_exists()
    {
        await using var deployed = await DeployedExample.StartAsync("from-release");
        string Release(string edition) => deployed.Cloud.Lambda.Packages.Put(
            "artifacts", "automirror/automirror-x86_64.zip", File.ReadAllBytes(FunctionPackage.Write(Folder, edition)));
        var sensor = deployed.LaunchSensor();
        (string, string)[] Variables(string version) =>
        [
            ("bucket", "artifacts"), ("object_version", version), ("code_signing_config_arn", Signing), ("capture_interface", sensor),
        ];
        var (first, second) = (Release("release-1"), Release("release-2"));

        // The version that is named, though there is a later one.
        await deployed.ApplyAsync(Variables(first));
        await deployed.PlanNothingAsync(Variables(first));
        var function = deployed.Cloud.Lambda.Find("automirror")!;
        var code = function.Code.Sha256;
        Assert.Equal(Signing, await deployed.AwsAsync("lambda", "get-function-code-signing-config", "--function-name", "automirror",
            "--query", "CodeSigningConfigArn", "--output", "text"));
        await deployed.ApplyAsync(Variables(second));
        await deployed.PlanNothingAsync(Variables(second));
        Assert.NotEqual(code, function.Code.Sha256);
        Assert.Contains("NoSuchVersion", (await deployed.TryApplyAsync(Variables("none"))).Error, StringComparison.Ordinal);

        await deployed.AwsAsync(
            "iam", "create-role", "--role-name", "mirror", "--path", "/network/", "--assume-role-policy-document", Trust);
        await deployed.AwsAsync("logs", "create-log-group", "--log-group-name", Log);
        var main = await File.ReadAllTextAsync(Repository.PathOf("infra", "terraform", "examples", "from-release", "main.tf"));
        await deployed.WriteAsync("main.tf", main.Replace("  source = \"../..\"\n", $$"""
              source             = "../.."
              existing_role      = { name = "mirror", path = "/network/" }
              existing_log_group = "{{Log}}"

            """, StringComparison.Ordinal) + """
            output "role_policy" {
              value = module.automirror.role_policy
            }
            """);
        await deployed.ApplyAsync(Variables(second));
        await deployed.PlanNothingAsync(Variables(second));
        Assert.Equal(["mirror"], deployed.Cloud.Iam.Roles.All.Select(role => role.Name));

        // The role permits what the module says that it has to.
        await deployed.AwsAsync("iam", "put-role-policy", "--role-name", "mirror", "--policy-name", "mirror", "--policy-document",
            await deployed.OutputAsync("role_policy"));
        Launch(deployed);
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 1);
    }

    /// <summary>What comes of the first full sync, which the stack's last parameter starts, is no part of the apply.</summary>
    [NeedsDeploymentFact]
    public async Task A_first_full_sync_that_fails_fails_no_apply()
    {
        await using var deployed = await DeployedExample.StartAsync("minimal");
        Launch(deployed);
        (string, string)[] variables = [("package", FunctionPackage.WriteBroken(Folder)), ("capture_interface", deployed.LaunchSensor())];

        await deployed.ApplyAsync(variables);
        await deployed.UntilAsync("/aws/lambda/automirror", () => Task.FromResult(
            deployed.Cloud.Lambda.Find("automirror")!.Host.Results.Any(result => result.IsError)));

        await deployed.PlanNothingAsync(variables);
        Assert.NotNull(deployed.Cloud.Ssm.Find("/automirror/policy"));
    }

    private static string Boundary(string ec2) => $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["{{ec2}}","ssm:*","logs:*","sqs:*","kms:*"],"Resource":"*"} }
        """;

    private static void Launch(DeployedExample deployed) => deployed.Cloud.Ec2.RunInstances(new LaunchRequest
    {
        InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = "true" },
    });

    /// <summary>By hand: within its boundary the function can't.</summary>
    private static async Task EndSessionsAsync(DeployedExample deployed)
    {
        foreach (var session in await deployed.SessionsAsync())
            await deployed.Ec2.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session.TrafficMirrorSessionId });
    }
}

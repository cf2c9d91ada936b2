using Amazon.EC2;
using Amazon.EC2.Model;
using AutoMirror.Emulator;
using Xunit;
using Tag = Amazon.EC2.Model.Tag;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The minimal example, from its first apply to its last trace, with the function running under the role that it was
/// given.</summary>
public sealed class MinimalDeploymentTests
{
    private const string Log = "/aws/lambda/automirror";

    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;

    [NeedsDeploymentFact]
    public async Task The_minimal_example_is_applied_mirrors_is_changed_and_leaves_nothing()
    {
        await using var deployed = await DeployedExample.StartAsync("minimal");
        var (sensor, second) = (deployed.LaunchSensor(), deployed.LaunchSensor());
        (string, string)[] variables =
            [("package", FunctionPackage.Write(Folder, "first")), ("capture_interface", sensor)];

        // What runs already is found without anybody asking.
        var running = deployed.Cloud.Ec2.RunInstances(new AutoMirror.Emulator.Ec2.Instances.LaunchRequest
        {
            InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = "true" },
        })[0].Id;
        await deployed.ApplyAsync(variables);
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 1);
        await deployed.Ec2.TerminateInstancesAsync(new() { InstanceIds = [running] });
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 0);

        await deployed.PlanNothingAsync(variables);
        await A_tagged_launch_is_mirrored(deployed);
        await The_account_can_be_looked_at(deployed);
        await The_role_may_do_no_more_than_it_must(deployed);
        await A_target_that_is_not_the_stacks_gets_nothing(deployed);

        // A new build, and another capture interface: the target is replaced, and the session follows.
        variables = [("package", FunctionPackage.Write(Folder, "second")), ("capture_interface", second)];
        var before = deployed.Cloud.Lambda.Find("automirror")!.Code.Sha256;
        await DetachSessionsAsync(deployed);
        await deployed.ApplyAsync(variables);
        Assert.NotEqual(before, deployed.Cloud.Lambda.Find("automirror")!.Code.Sha256);
        await deployed.PlanNothingAsync(variables);
        await A_tagged_launch_is_mirrored(deployed);

        await DetachSessionsAsync(deployed);
        await deployed.DestroyAsync(variables);
        Assert.Empty(deployed.Cloud.Lambda.Functions);
        Assert.Empty(deployed.Cloud.Iam.Roles.All);
        Assert.Empty(deployed.Cloud.Events.Rules);
        Assert.Empty(deployed.Cloud.Sqs.All);
        Assert.Empty(deployed.Cloud.Logs.Groups);
        Assert.Empty(deployed.Cloud.CloudWatch.Alarms.All);
        Assert.Null(deployed.Cloud.Ssm.Find("/automirror/policy"));
        Assert.Empty(deployed.Cloud.Ec2.Targets.Describe(Query.All).Items);
    }

    private static async Task A_tagged_launch_is_mirrored(DeployedExample deployed)
    {
        var instance = await deployed.AwsAsync(
            "ec2", "run-instances", "--image-id", "ami-0abcdef1234567890", "--instance-type", "m5.large", "--tag-specifications",
            "ResourceType=instance,Tags=[{Key=Mirror,Value=true}]", "--query", "Instances[0].InstanceId", "--output", "text");

        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Exists(session =>
            session.Tags.Exists(tag => tag.Key == "automirror:instance-id" && tag.Value == instance)));
    }

    /// <summary>What a person looks with.</summary>
    private static async Task The_account_can_be_looked_at(DeployedExample deployed)
    {
        Assert.Equal("automirror-us-east-1",
            await deployed.AwsAsync("iam", "list-roles", "--query", "Roles[].RoleName", "--output", "text"));
        Assert.Equal("automirror Active", await deployed.AwsAsync(
            "lambda", "list-functions", "--query", "Functions[].join(' ', [FunctionName, State])", "--output", "text"));
        var answer = Path.Combine(Folder, "answer.json");
        Assert.Equal("200", await deployed.AwsAsync(
            "lambda", "invoke", "--function-name", "automirror", "--payload", """{"action":"resync"}""", answer, "--query", "StatusCode",
            "--output", "text"));
        Assert.Contains("\"mirrored\":1", await File.ReadAllTextAsync(answer), StringComparison.Ordinal);
        Assert.Contains("session created", await deployed.AwsAsync(
            "logs", "filter-log-events", "--log-group-name", Log, "--filter-pattern", "{ $.message = \"session created\" }"),
            StringComparison.Ordinal);
        await deployed.UntilAsync(Log, async () => await deployed.AwsAsync(
            "cloudwatch", "describe-alarms", "--alarm-names", "automirror-coverage", "--query", "MetricAlarms[0].StateValue", "--output",
            "text") == "OK");
    }

    /// <summary>A thief of the role's credentials could use them for nothing of this.</summary>
    private static async Task The_role_may_do_no_more_than_it_must(DeployedExample deployed)
    {
        deployed.Cloud.RegisterCaller("ASIATHIEF", "automirror-us-east-1", "thief");
        using var role = deployed.Client("ASIATHIEF");
        var own = (await deployed.SessionsAsync()).Single();
        var other = deployed.Cloud.Ec2.Targets.Create(networkInterfaceId: deployed.LaunchSensor()).Id;
        await deployed.Ec2.CreateTagsAsync(new() { Resources = [other], Tags = [new Tag("automirror:sensor", "default")] });
        var source = deployed.LaunchSensor();
        async Task<string> Foreign(int number, string? owner)
        {
            var made = (await deployed.Ec2.CreateTrafficMirrorSessionAsync(new()
            {
                NetworkInterfaceId = source, TrafficMirrorTargetId = other, TrafficMirrorFilterId = own.TrafficMirrorFilterId,
                SessionNumber = number,
            })).TrafficMirrorSession.TrafficMirrorSessionId;
            if (owner is not null)
                await deployed.Ec2.CreateTagsAsync(new() { Resources = [made], Tags = [new("automirror:managed-by", owner)] });
            return made;
        }

        var (foreign, anothers) = (await Foreign(1, null), await Foreign(2, "another"));
        CreateTrafficMirrorSessionRequest Creation(string target, params Tag[] tags) => new()
        {
            NetworkInterfaceId = source, TrafficMirrorTargetId = target, TrafficMirrorFilterId = own.TrafficMirrorFilterId,
            SessionNumber = 3,
            TagSpecifications = [new() { ResourceType = ResourceType.TrafficMirrorSession, Tags = [.. tags] }],
        };
        var mine = new Tag("automirror:managed-by", "automirror");
        var (session, target, filter) = (own.TrafficMirrorSessionId, own.TrafficMirrorTargetId, own.TrafficMirrorFilterId);

        // To send elsewhere: by itself, by a session that it has, by a parameter, by a tag.
        await RefusedAsync(() => role.CreateTrafficMirrorSessionAsync(Creation(other, mine)));
        await RefusedAsync(() =>
            role.ModifyTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session, TrafficMirrorTargetId = other }));
        await RefusedAsync(() => role.CreateTrafficMirrorTargetAsync(new() { NetworkInterfaceId = source }));
        await deployed.Ec2.CreateTagsAsync(new() { Resources = [session], Tags = [new("Name", "n")] });
        await RefusedAsync(() => role.CreateTagsAsync(new() { Resources = [other], Tags = [new("automirror:sensor", "default")] }));

        // Sessions of others, those of another deployment among them, and those without its tag.
        foreach (var each in (string[])[foreign, anothers])
        {
            await RefusedAsync(() => role.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = each }));
            await RefusedAsync(() => role.ModifyTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = each, PacketLength = 100 }));
            await RefusedAsync(() => role.CreateTagsAsync(new() { Resources = [each], Tags = [mine] }));
            await RefusedAsync(() => role.DeleteTagsAsync(new() { Resources = [each], Tags = [new("automirror:managed-by", null)] }));
        }

        await RefusedAsync(() => role.CreateTrafficMirrorSessionAsync(Creation(target, new Tag("Name", "n"))));
        await RefusedAsync(() => role.CreateTrafficMirrorSessionAsync(Creation(target, mine, new Tag("cost", "x"))));
        await RefusedAsync(() => role.CreateTrafficMirrorSessionAsync(Creation(target, new Tag("automirror:managed-by", "another"))));
        await RefusedAsync(() => role.CreateTagsAsync(new() { Resources = [session], Tags = [new("automirror:managed-by", "another")] }));
        await RefusedAsync(() => role.CreateTagsAsync(new() { Resources = [session], Tags = [new("cost", "x")] }));
        await RefusedAsync(() => role.DeleteTagsAsync(new() { Resources = [session] }));
        await RefusedAsync(() => role.DeleteTagsAsync(new() { Resources = [session], Tags = [new("automirror:sensor", null)] }));

        // To take a workload out of sight, or to bring one in.
        var workload = own.Tags.Single(tag => tag.Key == "automirror:instance-id").Value;
        await RefusedAsync(() => role.CreateTagsAsync(new() { Resources = [workload], Tags = [new("automirror:sensor-host", "x")] }));
        await RefusedAsync(() => role.DeleteTagsAsync(new() { Resources = [workload], Tags = [new("Mirror", null)] }));

        // Anything else.
        await RefusedAsync(() => role.CreateTagsAsync(new() { Resources = [source], Tags = [new("Mirror", "true")] }));
        await RefusedAsync(() => role.ModifyTrafficMirrorFilterNetworkServicesAsync(new()
        {
            TrafficMirrorFilterId = filter, RemoveNetworkServices = [TrafficMirrorNetworkService.AmazonDns],
        }));
        await RefusedAsync(() => role.CreateTrafficMirrorFilterRuleAsync(new()
        {
            TrafficMirrorFilterId = filter, RuleNumber = 1, RuleAction = TrafficMirrorRuleAction.Reject,
            TrafficDirection = TrafficDirection.Egress, SourceCidrBlock = "0.0.0.0/0", DestinationCidrBlock = "0.0.0.0/0",
        }));
        await RefusedAsync(() => role.DeleteTrafficMirrorFilterAsync(new() { TrafficMirrorFilterId = filter }));
        await RefusedAsync(() => role.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest()));
        await RefusedAsync(() => role.TerminateInstancesAsync(new() { InstanceIds = [workload] }));

        // And may do what it must.
        await role.ModifyTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session, TrafficMirrorTargetId = target });
        await role.CreateTagsAsync(new() { Resources = [session], Tags = [mine, new("automirror:sensor", "default")] });
        foreach (var each in (string[])[foreign, anothers])
            await deployed.Ec2.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = each });
        await deployed.Ec2.DeleteTrafficMirrorTargetAsync(new() { TrafficMirrorTargetId = other });
    }

    /// <summary>Whoever may write parameters and tags can't have traffic sent to themselves by the function either.</summary>
    private static async Task A_target_that_is_not_the_stacks_gets_nothing(DeployedExample deployed)
    {
        var stolen = deployed.Cloud.Ec2.Targets.Create(networkInterfaceId: deployed.LaunchSensor()).Id;
        await deployed.Ec2.CreateTagsAsync(new() { Resources = [stolen], Tags = [new("automirror:sensor", "mine")] });
        deployed.Cloud.Ssm.Put("/automirror/targets/default", stolen, "StringList", overwrite: true);
        deployed.Cloud.Ssm.Put("/automirror/policy", """{"sensorTags":true}""", "String", overwrite: true);
        foreach (var sensor in (string[])["true", "mine"])
        {
            deployed.Cloud.Ec2.RunInstances(new AutoMirror.Emulator.Ec2.Instances.LaunchRequest
            {
                InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = sensor },
            });
        }

        await deployed.UntilAsync(Log, () => Task.FromResult(deployed.Cloud.Iam.Decisions.Count(decision =>
            !decision.IsAllowed && decision.Action == "ec2:CreateTrafficMirrorSession"
                && decision.Resource.EndsWith(stolen, StringComparison.Ordinal)) >= 2));
        Assert.DoesNotContain(await deployed.SessionsAsync(), session => session.TrafficMirrorTargetId == stolen);
        deployed.Cloud.Ec2.Targets.Delete(stolen);
    }

    private static async Task RefusedAsync(Func<Task> call) =>
        Assert.Equal("UnauthorizedOperation", (await Assert.ThrowsAsync<AmazonEC2Exception>(call)).ErrorCode);

    /// <summary>EC2 deletes no target that a session uses: the owners take their tags off first.</summary>
    private static async Task DetachSessionsAsync(DeployedExample deployed)
    {
        var tagged = (await deployed.SessionsAsync())
            .Select(session => session.Tags.Single(tag => tag.Key == "automirror:instance-id").Value);
        await deployed.Ec2.DeleteTagsAsync(new() { Resources = [.. tagged.Distinct()], Tags = [new("Mirror", null)] });
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 0);
        await deployed.Cloud.Lambda.Find("automirror")!.Host.WhenIdleAsync();
    }
}

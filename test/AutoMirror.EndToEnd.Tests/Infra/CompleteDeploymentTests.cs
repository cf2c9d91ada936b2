using Amazon.EC2.Model;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The complete example: names of its own, a load balancer as the sensor, and a queue between the events and the
/// function.</summary>
public sealed class CompleteDeploymentTests
{
    private const string Balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/sensors/50dc6c495c0c9188";
    private const string Log = "/aws/lambda/mirror-production";

    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;

    [NeedsDeploymentFact]
    public async Task The_complete_example_is_applied_mirrors_through_its_queue_and_leaves_nothing()
    {
        await using var deployed = await DeployedExample.StartAsync("complete");
        (string, string)[] variables = [("package", FunctionPackage.Write(Folder, "complete")), ("network_load_balancer", Balancer)];

        await deployed.ApplyAsync(variables);
        await deployed.PlanNothingAsync(variables);
        var instance = deployed.Cloud.Ec2.RunInstances(new AutoMirror.Emulator.Ec2.Instances.LaunchRequest
        {
            InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = "true" },
        })[0];
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 1);

        var session = Assert.Single(await deployed.SessionsAsync());
        Assert.Contains(session.Tags, tag => tag.Key == "automirror:managed-by" && tag.Value == "mirror-production");
        Assert.Equal(Balancer, deployed.Cloud.Ec2.Targets.Describe(new() { Ids = [session.TrafficMirrorTargetId] }).Items[0]
            .NetworkLoadBalancerArn);
        Assert.All(deployed.Cloud.Lambda.Find("mirror-production")!.Host.Results,
            result => Assert.Contains("batchItemFailures", result.Payload));

        // Somebody takes the session away by hand: CloudTrail tells, and it is back.
        await deployed.Ec2.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session.TrafficMirrorSessionId });
        await deployed.UntilAsync(Log, async () =>
            (await deployed.SessionsAsync()).Exists(each => each.TrafficMirrorSessionId != session.TrafficMirrorSessionId));

        await deployed.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [instance.Id] });
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 0);
        await deployed.DestroyAsync(variables);
        Assert.Empty(deployed.Cloud.Lambda.Functions);
        Assert.Empty(deployed.Cloud.Sqs.All);
        Assert.Empty(deployed.Cloud.Sns.All);
        Assert.Empty(deployed.Cloud.Iam.Roles.All);
    }
}

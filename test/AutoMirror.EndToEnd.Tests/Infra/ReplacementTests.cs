using AutoMirror.Emulator;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>What can be replaced by plain applies with a run of AutoMirror between ("Replace" in infra/README.md).</summary>
public sealed class ReplacementTests
{
    private const string Log = "/aws/lambda/automirror";

    private const string Root = """
        variable "package" { type = string }
        variable "capture_points" { type = map(string) }
        variable "retiring" {
          type    = set(string)
          default = []
        }
        variable "filter" {
          type    = string
          default = null
        }
        variable "keep_filter" {
          type    = bool
          default = false
        }
        variable "prefix" {
          type    = string
          default = "/automirror"
        }

        module "automirror" {
          source         = "../.."
          package        = var.package
          capture_points = var.capture_points
          retiring       = var.retiring
          filter         = var.filter
          keep_filter    = var.keep_filter
          prefix         = var.prefix
          policy         = { limits = { deletes = 0, percent = 0 } }
        }
        """;

    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;
    private static readonly string Package = FunctionPackage.Write(Folder, "replacement");

    [NeedsDeploymentFact]
    public async Task A_sensor_a_filter_and_a_prefix_are_replaced_in_plain_applies()
    {
        await using var deployed = await DeployedExample.StartAsync("minimal", Root);
        var (old, @new, third) = (deployed.LaunchSensor(), deployed.LaunchSensor(), deployed.LaunchSensor());
        await deployed.ApplyAsync(Given($"{{old=\"{old}\"}}"));
        await SessionsOnAsync(deployed, old, launch: 2);

        await deployed.ApplyAsync(Given($"{{old=\"{old}\",new=\"{@new}\"}}", ("retiring", "[\"old\"]")));
        await deployed.UntilAsync(Log, () => Task.FromResult(
            deployed.Cloud.Logs.Get(Log).Messages.Any(line => line.Contains("\"problem\":\"blast-radius\"", StringComparison.Ordinal))));
        await SessionsOnAsync(deployed, old);
        await deployed.AutomirrorAsync("invoke", Repository.PathOf("infra", "events", "resync-allow-deletes.json"));
        await SessionsOnAsync(deployed, @new);

        await deployed.ApplyAsync(Given($"{{new=\"{@new}\"}}"));
        await deployed.PlanNothingAsync(Given($"{{new=\"{@new}\"}}"));
        Assert.Equal([@new], deployed.Cloud.Ec2.Targets.Describe(Query.All).Items.Select(target => target.NetworkInterfaceId));

        // Under the same name: the second of two equal applies finishes it.
        var refused = await deployed.TryApplyAsync(Given($"{{new=\"{third}\"}}"));
        Assert.Contains("TrafficMirrorTargetInUse", refused.Error, StringComparison.Ordinal);
        await deployed.AutomirrorAsync("invoke", Repository.PathOf("infra", "events", "resync-allow-deletes.json"));
        await deployed.ApplyAsync(Given($"{{new=\"{third}\"}}"));
        await SessionsOnAsync(deployed, third);

        await TheFilterAndThePrefixAreReplacedAsync(deployed, $"{{new=\"{third}\"}}");
    }

    private static async Task TheFilterAndThePrefixAreReplacedAsync(DeployedExample deployed, string points)
    {
        var filter = deployed.Cloud.Ec2.Filters.Create().Id;
        deployed.Cloud.Ec2.Filters.CreateRule(filter, "ingress", 100, "accept", "0.0.0.0/0", "0.0.0.0/0");

        await deployed.ApplyAsync(Given(points, ("filter", filter), ("keep_filter", "true"), ("prefix", "/mirror/production")));
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync())
            .TrueForAll(each => each.TrafficMirrorFilterId == filter));
        Assert.Null(deployed.Cloud.Ssm.Find("/automirror/policy"));
        Assert.NotNull(deployed.Cloud.Ssm.Find("/mirror/production/policy"));
        await deployed.ApplyAsync(Given(points, ("filter", filter), ("prefix", "/mirror/production")));

        Assert.Equal([filter], deployed.Cloud.Ec2.Filters.Describe(Query.All).Items.Select(each => each.Id));
        Assert.Equal(2, (await deployed.SessionsAsync()).Count);
    }

    private static (string Name, string Value)[] Given(string capturePoints, params (string Name, string Value)[] more) =>
        [("package", Package), ("capture_points", capturePoints), .. more];

    /// <summary>Waits until every session, new ones among them, is on the target of a capture interface.</summary>
    private static async Task SessionsOnAsync(DeployedExample deployed, string captureInterface, int launch = 0)
    {
        for (var count = 0; count < launch; count++)
        {
            deployed.Cloud.Ec2.RunInstances(new AutoMirror.Emulator.Ec2.Instances.LaunchRequest
            {
                InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = "true" },
            });
        }

        await deployed.UntilAsync(Log, async () => await deployed.SessionsAsync() is { Count: > 0 } sessions && sessions.Count >= launch
            && sessions.TrueForAll(session => deployed.Cloud.Ec2.Targets.Describe(new() { Ids = [session.TrafficMirrorTargetId] })
                .Items[0].NetworkInterfaceId == captureInterface));
    }
}

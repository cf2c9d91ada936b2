using System.Text.Json.Nodes;
using AutoMirror.Cli.Recording;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>Recordings of generated accounts: what is recorded again is the same, and pseudonyms change no decision.</summary>
public sealed class GeneratedRecordingTests : IDisposable
{
    private const int Seeds = 60;

    private static readonly string[] Types = ["m5.large", "c5.xlarge", "t2.micro", "m8g.large", "t3.small"];
    private static readonly string?[] Wishes = ["true", "false", "ids", "corp-ids", "nobody", "", null];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Pseudonyms_change_no_decision()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var plain = Write(seed);
            var hidden = Path.Combine(_folder.FullName, $"{seed}-hidden");
            await new Recorder(Open(plain), hidden, isPseudonymised: true).RecordAsync(CancellationToken.None);

            var (open, closed) = (await LookAsync(plain), await LookAsync(hidden));

            Assert.True(Summary(open) == Summary(closed), $"seed {seed}: {Summary(open)} and {Summary(closed)}");
            Assert.DoesNotContain("corp", string.Concat(Directory.GetFiles(hidden).Select(File.ReadAllText)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_recorded_again_is_the_same()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var (once, twice) = (Path.Combine(_folder.FullName, $"{seed}-once"), Path.Combine(_folder.FullName, $"{seed}-twice"));
            await new Recorder(Open(Write(seed)), once, isPseudonymised: false).RecordAsync(CancellationToken.None);
            await new Recorder(Open(once), twice, isPseudonymised: false).RecordAsync(CancellationToken.None);

            foreach (var file in Directory.GetFiles(once))
                Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(twice, Path.GetFileName(file))));
        }
    }

    [Fact]
    public async Task What_if_is_what_the_planner_says_once_the_policy_is_in_force()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (folder, policy) = (Write(seed), Policy(new Random(seed + 1000)));
            using var account = Open(folder);
            var instead = SnapshotParameters.WithPolicy("/automirror", policy.ToJsonString());
            var asked = await Look.AtAsync(account, new Scope.Everything(), instead, CancellationToken.None);

            WriteParameters(folder, policy);

            Assert.Equal(Summary(await LookAsync(folder)), Summary(asked));
        }
    }

    private static RecordedAccount Open(string folder) => RecordedAccount.Open(folder, new DeploymentSettings());

    private static async Task<Look> LookAsync(string folder)
    {
        using var account = Open(folder);
        return await Look.AtAsync(account, new Scope.Everything(), new Dictionary<string, string>(), CancellationToken.None);
    }

    private static string Summary(Look look) =>
        string.Join(", ", look.Report.CountsByVerdict().Select(count => $"{count.Value} {count.Key}")) + "; "
        + string.Join(", ", look.Plan.Changes.CountBy(change => change.GetType().Name).Select(pair => $"{pair.Value} {pair.Key}").Order())
        + $"; {string.Join(", ", look.Report.Problems.CountBy(problem => problem.Kind).OrderBy(pair => pair.Key))}";

    /// <summary>An account of a seed: instances of many kinds, of which some have a session of ours and some somebody else's.</summary>
    private string Write(int seed)
    {
        var random = new Random(seed);
        var folder = _folder.CreateSubdirectory($"{seed}-{Guid.NewGuid():N}").FullName;
        var (reservations, interfaces, sessions) = (new JsonArray(), new JsonArray(), new JsonArray());
        for (var index = 1; index <= 12; index++)
        {
            var (instance, networkInterface) = ($"i-{seed:x8}{index:x9}", $"eni-{seed:x8}{index:x9}");
            reservations.Add(new JsonObject
            {
                ["OwnerId"] = "123456789012",
                ["Instances"] = new JsonArray(Instance(random, instance, networkInterface)),
            });
            interfaces.Add(Interface(networkInterface, instance, index));
            if (random.Next(3) == 0)
                sessions.Add(Session(random, instance, networkInterface, index));
        }

        Put(folder, "describe-instances", "Reservations", reservations);
        Put(folder, "describe-network-interfaces", "NetworkInterfaces", interfaces);
        Put(folder, "describe-traffic-mirror-sessions", "TrafficMirrorSessions", sessions);
        Put(folder, "describe-traffic-mirror-targets", "TrafficMirrorTargets", new JsonArray(Target(1), Target(2)));
        Put(folder, "describe-traffic-mirror-filters", "TrafficMirrorFilters", new JsonArray(Filter()));
        foreach (var (command, root) in ((string, string)[])[
            ("subnets", "Subnets"), ("vpcs", "Vpcs"), ("vpc-endpoints", "VpcEndpoints"), ("security-groups", "SecurityGroups"),
            ("network-acls", "NetworkAcls")])
        {
            Put(folder, $"describe-{command}", root, []);
        }

        WriteParameters(folder, Policy(random));
        return folder;
    }

    private static void WriteParameters(string folder, JsonObject policy) => Put(
        folder, "get-parameters-by-path", "Parameters", new JsonArray(
        Parameter("filter", "tmf-0123456789abcdef0"), Parameter("targets/default", "tmt-00000000000000001"),
        Parameter("targets/corp-ids", "tmt-00000000000000002"), Parameter("policy", policy.ToJsonString())));

    private static JsonObject Policy(Random random)
    {
        var policy = new JsonObject();
        void Maybe(string field, JsonNode value)
        {
            if (random.Next(3) == 0)
                policy[field] = value;
        }

        Maybe("untagged", random.Next(2) == 0 ? "true" : "corp-ids");
        Maybe("sessionNumber", random.Next(1, 5));
        Maybe("onStop", "keep");
        Maybe("exclude", new JsonObject
        {
            ["tags"] = new JsonObject { ["team"] = new JsonArray("corp-red") }, ["instanceTypes"] = new JsonArray("t3.*"),
        });
        Maybe("mandatory", new JsonObject { ["tags"] = new JsonObject { ["team"] = new JsonArray("corp-blue") }, ["sensor"] = "corp-ids" });
        Maybe("sensors", new JsonObject { ["corp-ids"] = new JsonObject { ["sessionNumber"] = 9, ["hosts"] = "tagged" } });
        Maybe("limits", new JsonObject { ["deletes"] = 1 });
        Maybe("virtualNetworkId", "perVpc");
        return policy;
    }

    private static JsonObject Instance(Random random, string id, string networkInterface) => new()
    {
        ["InstanceId"] = id, ["InstanceType"] = Types[random.Next(Types.Length)],
        ["State"] = new JsonObject { ["Name"] = random.Next(5) == 0 ? "stopped" : "running" },
        ["Placement"] = new JsonObject { ["AvailabilityZone"] = "us-east-1a" },
        ["Tags"] = new JsonArray(
        [
            .. Wishes[random.Next(Wishes.Length)] is { } wish ? (JsonNode[])[Tag("Mirror", wish)] : [],
            Tag("team", random.Next(2) == 0 ? "corp-red" : "corp-blue"),
        ]),
        ["NetworkInterfaces"] = new JsonArray(new JsonObject
        {
            ["NetworkInterfaceId"] = networkInterface, ["InterfaceType"] = "interface", ["VpcId"] = "vpc-0123456789abcdef0",
            ["SubnetId"] = "subnet-0123456789abcdef0", ["PrivateIpAddress"] = "10.0.0.1", ["OwnerId"] = "123456789012",
            ["Attachment"] = new JsonObject { ["DeviceIndex"] = 0, ["Status"] = "attached" },
        }),
    };

    private static JsonObject Interface(string id, string instance, int index) => new()
    {
        ["NetworkInterfaceId"] = id, ["InterfaceType"] = "interface", ["VpcId"] = "vpc-0123456789abcdef0", ["Description"] = "corp db",
        ["SubnetId"] = "subnet-0123456789abcdef0", ["PrivateIpAddress"] = $"10.0.0.{index}", ["OwnerId"] = "123456789012",
        ["Attachment"] = new JsonObject { ["InstanceId"] = instance, ["DeviceIndex"] = 0, ["Status"] = "attached" },
    };

    private static JsonObject Session(Random random, string instance, string networkInterface, int index)
    {
        var isOwn = random.Next(2) == 0;
        return new JsonObject
        {
            ["TrafficMirrorSessionId"] = $"tms-{index:x17}", ["NetworkInterfaceId"] = networkInterface,
            ["SessionNumber"] = random.Next(1, 4),
            ["TrafficMirrorTargetId"] = $"tmt-{random.Next(1, 3):x17}", ["TrafficMirrorFilterId"] = "tmf-0123456789abcdef0",
            ["VirtualNetworkId"] = 1000 + index, ["OwnerId"] = "123456789012",
            ["Description"] = isOwn ? $"automirror/automirror/{instance}" : "corp script",
            ["Tags"] = isOwn
                ? new JsonArray(
                    Tag("automirror:managed-by", "automirror"), Tag("automirror:sensor", random.Next(2) == 0 ? "default" : "corp-ids"),
                    Tag("automirror:instance-id", instance), Tag("Name", $"automirror {instance}"))
                : new JsonArray(Tag("CreatedBy", "corp-script")),
        };
    }

    private static JsonObject Target(int index) => new()
    {
        ["TrafficMirrorTargetId"] = $"tmt-{index:x17}", ["OwnerId"] = "123456789012",
        ["NetworkLoadBalancerArn"] =
            $"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/corp-{index}/0123456789abcde{index}",
    };

    private static JsonObject Filter()
    {
        JsonObject Rule(string direction) => new()
        {
            ["TrafficDirection"] = direction, ["RuleNumber"] = 1, ["RuleAction"] = "accept", ["SourceCidrBlock"] = "0.0.0.0/0",
            ["DestinationCidrBlock"] = "0.0.0.0/0",
        };
        return new JsonObject
        {
            ["TrafficMirrorFilterId"] = "tmf-0123456789abcdef0", ["NetworkServices"] = new JsonArray("amazon-dns"),
            ["IngressFilterRules"] = new JsonArray(Rule("ingress")), ["EgressFilterRules"] = new JsonArray(Rule("egress")),
        };
    }

    private static JsonObject Parameter(string name, string value) => new()
    {
        ["Name"] = $"/automirror/{name}", ["Type"] = "String", ["Value"] = value,
        ["ARN"] = $"arn:aws:ssm:us-east-1:123456789012:parameter/automirror/{name}",
    };

    private static JsonObject Tag(string key, string value) => new() { ["Key"] = key, ["Value"] = value };

    private static void Put(string folder, string command, string root, JsonArray list) =>
        File.WriteAllText(Path.Combine(folder, $"{command}.json"), new JsonObject { [root] = list }.ToJsonString());
}

using System.Text.Json.Nodes;

namespace AutoMirror.Pages.Tests;

/// <summary>A recorded account of any size, in which everything occurs: each state, foreign sessions, hostile names.</summary>
/// <param name="count">How many workloads there are, with an interface each.</param>
internal sealed class GeneratedAccount(int count)
{
    public const string HostileName = "<script>alert(1)</script>";
    public const string FormulaName = "=HYPERLINK(\"https://example.com\")";

    private const string Owner = "123456789012";
    private const int Sensors = 3;

    private static readonly string[] Types = ["m5.large", "m7i.xlarge", "c6g.large", "r6i.2xlarge", "t3.medium", "c7gn.4xlarge", "m5.large",
        "t2.micro"];

    private static readonly string[] Roles = ["web", "api", "database", "batch", "cache", "build", "mail", "search"];

    private readonly Random _random = new(count);
    private readonly JsonArray _reservations = [], _interfaces = [], _sessions = [];

    /// <summary>Writes the recording, and says where.</summary>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var index = 1; index <= Sensors; index++)
            AddInstance(900_000 + index, "c5.xlarge", 1, ("Name", $"sensor-{index}"), ("automirror:sensor-host", "ids"));
        for (var index = 1; index <= count; index++)
            AddWorkload(index);
        Put(folder, "describe-instances", "Reservations", _reservations);
        Put(folder, "describe-network-interfaces", "NetworkInterfaces", _interfaces);
        Put(folder, "describe-traffic-mirror-sessions", "TrafficMirrorSessions", _sessions);
        Put(folder, "describe-traffic-mirror-targets", "TrafficMirrorTargets", Targets());
        Put(folder, "describe-traffic-mirror-filters", "TrafficMirrorFilters", [Filter()]);
        foreach (var (command, root) in ((string, string)[])[
            ("subnets", "Subnets"), ("vpcs", "Vpcs"), ("vpc-endpoints", "VpcEndpoints"), ("security-groups", "SecurityGroups"),
            ("network-acls", "NetworkAcls")])
        {
            Put(folder, $"describe-{command}", root, []);
        }

        Put(folder, "get-parameters-by-path", "Parameters",
        [
            Parameter("filter", Id("tmf", 1)), Parameter("targets/default", Id("tmt", 1)),
            Parameter("targets/ids", string.Join(',', Enumerable.Range(2, Sensors).Select(index => Id("tmt", index)))),
            Parameter("policy", """{"exclude":{"tags":{"team":["build"]}}}"""),
        ]);
        return folder;
    }

    private void AddWorkload(int index)
    {
        var role = Roles[_random.Next(Roles.Length)];
        var name = index switch { 1 => HostileName, 2 => FormulaName, _ => $"{role}-{index}" };
        var wish = index <= 2 ? "true" : _random.Next(100) switch
        {
            < 78 => "true",
            < 80 => "ids",
            < 82 => "nobody",
            < 90 => "false",
            _ => null,
        };
        var type = index <= 2 ? "m5.large" : Types[_random.Next(Types.Length)];
        AddInstance(
            index, type, 1 + (int)(Math.Pow(_random.NextDouble(), 2) * Math.Clamp(count / 150, 1, 24)),
            [("Name", name), ("team", role), .. wish is null ? ((string, string)[])[] : [("Mirror", wish)]]);
        if (wish == "true" && role != "build" && type != "t2.micro" && _random.Next(100) < 95)
            AddSession(index, isOwn: true, number: 1);
        if (_random.Next(100) == 0)
            AddSession(index, isOwn: false, number: 2);
    }

    private void AddInstance(int index, string type, int vpc, params (string Key, string Value)[] tags)
    {
        var zone = $"us-east-1{"abc"[index % 3]}";
        var network = new JsonObject
        {
            ["NetworkInterfaceId"] = Id("eni", index), ["InterfaceType"] = "interface", ["VpcId"] = Id("vpc", vpc),
            ["SubnetId"] = Id("subnet", (vpc * 10) + (index % 3)), ["OwnerId"] = Owner,
            ["PrivateIpAddress"] = $"10.{vpc}.{index / 250 % 250}.{index % 250}",
        };
        _reservations.Add(new JsonObject
        {
            ["OwnerId"] = Owner,
            ["Instances"] = new JsonArray(new JsonObject
            {
                ["InstanceId"] = Id("i", index), ["InstanceType"] = type, ["State"] = new JsonObject { ["Name"] = "running" },
                ["Placement"] = new JsonObject { ["AvailabilityZone"] = zone }, ["Tags"] = Tags(tags),
                ["NetworkInterfaces"] = new JsonArray(With(network, new JsonObject { ["DeviceIndex"] = 0, ["Status"] = "attached" })),
            }),
        });
        _interfaces.Add(With(network, new JsonObject
        {
            ["InstanceId"] = Id("i", index), ["DeviceIndex"] = 0, ["Status"] = "attached",
        }, zone));
    }

    private void AddSession(int index, bool isOwn, int number) => _sessions.Add(new JsonObject
    {
        ["TrafficMirrorSessionId"] = Id("tms", (number * 100_000) + index), ["NetworkInterfaceId"] = Id("eni", index),
        ["SessionNumber"] = number, ["TrafficMirrorTargetId"] = Id("tmt", 1), ["TrafficMirrorFilterId"] = Id("tmf", 1),
        ["VirtualNetworkId"] = 1_000_000 + index, ["OwnerId"] = Owner,
        ["Description"] = isOwn ? $"automirror/automirror/{Id("i", index)}" : "by hand",
        ["Tags"] = isOwn
            ? Tags(
                ("automirror:managed-by", "automirror"), ("automirror:sensor", "default"), ("automirror:instance-id", Id("i", index)),
                ("Name", $"automirror {Id("i", index)}"))
            : [],
    });

    private static JsonArray Targets() =>
    [
        new JsonObject
        {
            ["TrafficMirrorTargetId"] = Id("tmt", 1), ["OwnerId"] = Owner,
            ["NetworkLoadBalancerArn"] = $"arn:aws:elasticloadbalancing:us-east-1:{Owner}:loadbalancer/net/sensors/0123456789abcdef",
        },
        .. Enumerable.Range(1, Sensors).Select(index => new JsonObject
        {
            ["TrafficMirrorTargetId"] = Id("tmt", index + 1), ["OwnerId"] = Owner,
            ["NetworkInterfaceId"] = Id("eni", 900_000 + index),
        }),
    ];

    private static JsonObject Filter()
    {
        static JsonArray Rule(string direction) =>
        [
            new JsonObject
            {
                ["TrafficDirection"] = direction, ["RuleNumber"] = 1, ["RuleAction"] = "accept", ["SourceCidrBlock"] = "0.0.0.0/0",
                ["DestinationCidrBlock"] = "0.0.0.0/0",
            },
        ];
        return new JsonObject
        {
            ["TrafficMirrorFilterId"] = Id("tmf", 1), ["NetworkServices"] = new JsonArray(), ["IngressFilterRules"] = Rule("ingress"),
            ["EgressFilterRules"] = Rule("egress"),
        };
    }

    private static JsonObject With(JsonObject network, JsonObject attachment, string? zone = null)
    {
        var copy = network.DeepClone().AsObject();
        copy["Attachment"] = attachment;
        if (zone is not null)
            copy["AvailabilityZone"] = zone;
        return copy;
    }

    private static JsonObject Parameter(string name, string value) => new()
    {
        ["Name"] = $"/automirror/{name}", ["Type"] = "String", ["Value"] = value,
        ["ARN"] = $"arn:aws:ssm:us-east-1:{Owner}:parameter/automirror/{name}",
    };

    private static JsonArray Tags(params (string Key, string Value)[] tags) =>
        [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];

    private static string Id(string prefix, int index) => $"{prefix}-{index:x17}";

    private static void Put(string folder, string command, string root, JsonArray list) =>
        File.WriteAllText(Path.Combine(folder, $"{command}.json"), new JsonObject { [root] = list }.ToJsonString());
}

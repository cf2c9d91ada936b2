using System.Text.Json.Nodes;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Lambda;

namespace AutoMirror.Cli.Emulated;

/// <summary>
/// AutoMirror deployed into an emulated account, as the Terraform module deploys it with its defaults: <c>deployment.json</c> has what the
/// module makes of the role's permissions, the rules and the function's settings, and a test holds it to the module.
/// </summary>
internal sealed class Deployment
{
    private const string Trust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """;

    private readonly Cloud _cloud;
    private readonly JsonObject _settings;

    private Deployment(Cloud cloud, string captureInterface)
    {
        _cloud = cloud;
        CaptureInterface = captureInterface;
        FilterId = cloud.Ec2.Filters.Create().Id;
        TargetId = cloud.Ec2.Targets.Create(networkInterfaceId: captureInterface).Id;
        _settings = Read();
    }

    public string Name => _settings["name"]!.GetValue<string>();

    public string RoleName => _settings["role"]!.GetValue<string>();

    public string QueueName => $"{Name}-failures";

    public string LogGroup => $"/aws/lambda/{Name}";

    /// <summary>The sensor's interface, which the target is on.</summary>
    public string CaptureInterface { get; }

    public string FilterId { get; }

    public string TargetId { get; }

    /// <summary>The names of the rules that are on.</summary>
    public IEnumerable<string> Rules => _cloud.Events.Rules.Where(rule => rule.Enabled).Select(rule => rule.Name);

    /// <summary>Sets everything up, and has the function look at the account once, after which it is warm.</summary>
    public static async Task<Deployment> SetUpAsync(EmulatorServer server, CancellationToken cancellationToken)
    {
        var cloud = server.Cloud;
        var sensor = cloud.Ec2.RunInstances(new LaunchRequest
        {
            InstanceType = "c5.xlarge", Tags = new Dictionary<string, string> { ["Name"] = "sensor" },
        })[0];
        var deployment = new Deployment(cloud, cloud.Ec2.Instances.InterfacesOf(sensor.Id)[0].Id);
        deployment.Configure();
        var function = deployment.CreateFunction();
        deployment.CreateRules(function);
        var first = await function.Host.InvokeAsync("""{"action":"resync"}""").WaitAsync(cancellationToken);
        return first.IsError ? throw new CommandException($"the function failed: {first.Payload}") : deployment;
    }

    /// <summary>Everything both ways, as sensors want it, and what AutoMirror reads in Parameter Store.</summary>
    private void Configure()
    {
        _cloud.Ec2.Filters.ModifyNetworkServices(FilterId, ["amazon-dns"], []);
        foreach (var direction in (string[])["ingress", "egress"])
        {
            _cloud.Ec2.Filters.CreateRule(FilterId, direction, 100, "accept", "0.0.0.0/0", "0.0.0.0/0");
        }

        var prefix = _settings["environment"]!["AUTOMIRROR_PREFIX"]!.GetValue<string>();
        _cloud.Ssm.Put($"{prefix}/filter", FilterId, "String");
        _cloud.Ssm.Put($"{prefix}/targets/default", TargetId, "StringList");
        _cloud.Ssm.Put($"{prefix}/policy", "{}", "String");
    }

    private LambdaFunction CreateFunction()
    {
        var role = _cloud.Iam.Roles.Create(RoleName, Trust);
        _cloud.Iam.Roles.PutPolicy(RoleName, "mirror", new JsonObject
        {
            ["Version"] = "2012-10-17", ["Statement"] = _settings["statements"]!.DeepClone(),
        }.ToJsonString());
        var failures = _cloud.Sqs.Create(QueueName);
        failures.Allow("events.amazonaws.com");
        _cloud.Logs.Create(LogGroup);
        var function = _cloud.Lambda.Create(Name, new()
        {
            Role = role.Arn, Runtime = "provided.al2023", Handler = "bootstrap", LogFormat = "JSON", SystemLogLevel = "INFO",
            ApplicationLogLevel = "INFO", MemorySize = _settings["memorySize"]!.GetValue<int>(),
            Timeout = _settings["timeout"]!.GetValue<int>(),
            Environment = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
                _settings["environment"]!.AsObject().Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.GetValue<string>()))),
        }, new(Package.Bytes()));
        function.OnFailure = failures.Arn;
        function.Allow("events.amazonaws.com", $"arn:aws:events:{_cloud.Options.Region}:{_cloud.Options.AccountId}:rule/{Name}-*");
        return function;
    }

    private void CreateRules(LambdaFunction function)
    {
        foreach (var rule in _settings["rules"]!.AsArray())
        {
            var name = rule!["name"]!.GetValue<string>();
            _cloud.Events.PutRule(
                name, rule["pattern"]?.ToJsonString(), rule["schedule"]?.GetValue<string>(), rule["enabled"]!.GetValue<bool>());
            _cloud.Events.PutTarget(name, new(Name, function.Arn));
        }
    }

    private JsonObject Read()
    {
        using var stream = typeof(Deployment).Assembly.GetManifestResourceStream("deployment.json")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd()
            .Replace("${account}", _cloud.Options.AccountId, StringComparison.Ordinal)
            .Replace("${region}", _cloud.Options.Region, StringComparison.Ordinal)
            .Replace("${filter}", FilterId, StringComparison.Ordinal)
            .Replace("${target}", TargetId, StringComparison.Ordinal);
        return JsonNode.Parse(text)!.AsObject();
    }
}

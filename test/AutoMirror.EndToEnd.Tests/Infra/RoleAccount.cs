using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Lambda;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>
/// An emulated account in which the function runs under the role of the Terraform module with all that it can be asked to permit, with the
/// account's own ids in place of the imagined ones, on a queue.
/// </summary>
internal sealed class RoleAccount : IAsyncDisposable
{
    private const string Trust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly HttpClient Http = new();

    private readonly Dictionary<string, string> _variables;

    private RoleAccount(EmulatorServer server, string policy, Dictionary<string, string> variables)
    {
        (Server, Policy, _variables) = (server, policy, variables);
        (Filter, SensorFilter) = (NewFilter(), NewFilter());
        (Default, Made, Other) = (NewTarget("default"), NewTarget("made"), NewTarget("forensics"));
        // Of the two, the endpoint lies beside the instances.
        Tagged = Cloud.Ec2.Targets.Create(gatewayLoadBalancerEndpointId: Endpoints.CreateIn(Cloud, SubnetOfLaunches())).Id;
        Cloud.Ec2.Tags.Create([Tagged, NewTarget("lab")], new Dictionary<string, string> { ["automirror:sensor"] = "lab" });
    }

    public EmulatorServer Server { get; }

    public Cloud Cloud => Server.Cloud;

    /// <summary>The role's policy with the account's own ids.</summary>
    public string Policy { get; private set; }

    public string Filter { get; }

    /// <summary>The filter of the sensor <c>forensics</c>.</summary>
    public string SensorFilter { get; }

    public string Default { get; }

    public string Made { get; }

    public string Other { get; }

    /// <summary>A target that the role may use for its tag.</summary>
    public string Tagged { get; }

    public LambdaFunction Function { get; private set; } = null!;

    public static async Task<RoleAccount> StartAsync()
    {
        var state = (await TerraformModule.TestRunAsync()).States["everything"];
        var server = await EmulatorServer.StartAsync(new EmulatorOptions { PendingFor = TimeSpan.FromMilliseconds(100) });
        var policy = state.Single(resource => resource.Type == "aws_iam_role_policy")["policy"];
        var variables = state.Single(resource => resource.Type == "aws_lambda_function").Values["environment"]![0]!["variables"]!.AsObject()
            .ToDictionary(pair => pair.Key, pair => pair.Value!.ToString());
        var account = new RoleAccount(server, policy, variables);
        await account.DeployAsync(state);
        return account;
    }

    public void Put(string parameter, string value) =>
        Cloud.Ssm.Put($"{_variables["AUTOMIRROR_PREFIX"]}/{parameter}", value, "String", overwrite: true);

    public string Launch(string tag) => Cloud.Ec2.RunInstances(new LaunchRequest
    {
        InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = tag },
    })[0].Id;

    public void Tag(string resource, string key, string value) =>
        Cloud.Ec2.Tags.Create([resource], new Dictionary<string, string> { [key] = value });

    /// <summary>The session of an instance; null while there is none.</summary>
    public AutoMirror.Emulator.Ec2.Mirroring.TrafficMirrorSession? SessionOf(string instance) => Cloud.Ec2.Sessions.Describe(Query.All)
        .Items
        .FirstOrDefault(session => session.Tags.GetValueOrDefault("automirror:instance-id") == instance);

    /// <summary>Refuses the calls of an action for its rate, until it is called with null.</summary>
    public void Throttle(string? action) =>
        Cloud.RequestFaults = action is null ? null : new RequestFaults { Throttled = 1, Only = call => call == action };

    public Task ResyncAsync() => Function.Host.InvokeAsync("""{"action":"resync"}""").WaitAsync(Patience);

    public async Task UntilAsync(string what, Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!holds())
        {
            if (limit.IsCancellationRequested)
            {
                var log = string.Join('\n', Cloud.Logs.Get(Function.LogGroup).Messages);
                Assert.Fail($"It did not come about that {what}. Refused: {Refused()}. The function's log:\n{log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    private string Refused() => string.Join(
        ", ", Cloud.Iam.Decisions.Where(decision => !decision.IsAllowed).Select(each => $"{each.Action} {each.Resource}").Distinct()
            .DefaultIfEmpty("nothing"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private string SubnetOfLaunches()
    {
        var probe = Cloud.Ec2.RunInstances(new LaunchRequest())[0].Id;
        return Cloud.Ec2.Instances.InterfacesOf(probe)[0].SubnetId;
    }

    private string NewFilter()
    {
        var filter = Cloud.Ec2.Filters.Create().Id;
        foreach (var direction in (string[])["ingress", "egress"])
            Cloud.Ec2.Filters.CreateRule(filter, direction, 100, "accept", "0.0.0.0/0", "0.0.0.0/0");
        return filter;
    }

    private string NewTarget(string name) => Cloud.Ec2.Targets.Create(
        networkLoadBalancerArn: $"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/{name}/0123456789abcdef").Id;

    private async Task DeployAsync(List<TerraformResource> state)
    {
        var (events, failures) = (Cloud.Sqs.Create("automirror-events"), Cloud.Sqs.Create("automirror-failures"));
        events.Allow("events.amazonaws.com");
        events.VisibilityTimeout = TimeSpan.FromSeconds(5);
        Policy = Real(Policy, failures.Arn);
        var role = Cloud.Iam.Roles.Create(_variables["AUTOMIRROR_ROLE_NAME"], Trust);
        Cloud.Iam.Roles.PutPolicy(role.Name, "mirror", Policy);
        _variables["AUTOMIRROR_QUEUE_URL"] = events.Url;
        Put("filter", Filter);
        Put("targets/default", $"{Default},{Made}");
        Put("targets/forensics", Other);
        Put("policy", "{}");
        Cloud.Logs.Create("/aws/lambda/mirror-production");
        Function = Cloud.Lambda.Create("mirror-production", new()
        {
            Role = role.Arn, Runtime = "provided.al2023", Handler = "bootstrap", MemorySize = 512, Timeout = 5, LogFormat = "JSON",
            SystemLogLevel = "INFO", ApplicationLogLevel = "INFO", LogGroup = "/aws/lambda/mirror-production",
            Environment = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(_variables),
        }, new(FunctionPackage.Bytes));
        Function.OnFailure = failures.Arn;
        foreach (var rule in state.Where(resource => resource.Type == "aws_cloudwatch_event_rule" && resource["event_pattern"].Length > 0))
        {
            Cloud.Events.PutRule(rule["name"], rule["event_pattern"]);
            Cloud.Events.PutTarget(rule["name"], new("automirror", events.Arn));
        }

        using var answer = await Http.PostAsync(new Uri(Server.Url, "2015-03-31/event-source-mappings"), new StringContent(new JsonObject
        {
            ["FunctionName"] = Function.Name, ["EventSourceArn"] = events.Arn,
            ["FunctionResponseTypes"] = new JsonArray("ReportBatchItemFailures"),
        }.ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>
    /// The policy with this account's targets and filter. The module's tests imagine one queue for both: what failed has one of its own.
    /// </summary>
    private string Real(string policy, string failures)
    {
        var document = JsonNode.Parse(policy
            .Replace("tmt-0a6d5c81e93f7b421", Default, StringComparison.Ordinal)
                .Replace("tmt-0123456789abcdef1", Made, StringComparison.Ordinal)
            .Replace("tmt-0b71de94af3c20586", Other, StringComparison.Ordinal)
            .Replace("tmf-0123456789abcdef0", Filter, StringComparison.Ordinal)
            .Replace("tmf-0d19f7e3a25c84b60", SensorFilter, StringComparison.Ordinal))!;
        document["Statement"]!.AsArray().Single(statement => statement!["Sid"]!.ToString() == "KeepWhatFailed")!["Resource"] = failures;
        return document.ToJsonString();
    }
}

using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using AutoMirror.Emulator;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>An example of the Terraform module, applied to an emulated account of its own.</summary>
internal sealed class DeployedExample : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly string _copy;

    private DeployedExample(EmulatorServer server, string copy, string example)
    {
        (Server, _copy, _folder) = (server, copy, Path.Combine(copy, "examples", example));
        Ec2 = Client("AKIATESTPERSON");
    }

    public EmulatorServer Server { get; }

    public Cloud Cloud => Server.Cloud;

    /// <summary>EC2 as the account's administrator sees it.</summary>
    public AmazonEC2Client Ec2 { get; }

    /// <summary>The environment of a person in this account.</summary>
    public Dictionary<string, string?> Account => new()
    {
        ["AWS_ENDPOINT_URL"] = Server.Url.GetLeftPart(UriPartial.Authority), ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIATESTPERSON", ["AWS_SECRET_ACCESS_KEY"] = "secret", ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null, ["AWS_CONFIG_FILE"] = "/nonexistent", ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent", ["AWS_PAGER"] = "",
    };

    /// <summary>Starts an account and initialises the example for it.</summary>
    /// <param name="example">Its folder.</param>
    /// <param name="main">What stands in place of its <c>main.tf</c>; null for the example itself.</param>
    /// <param name="source">The module; null for the repository's.</param>
    public static async Task<DeployedExample> StartAsync(string example, string? main = null, string? source = null)
    {
        var (copy, _) = await TerraformModule.InitializedCopyAsync(source ?? TerraformModule.Source);
        var server = await EmulatorServer.StartAsync(new EmulatorOptions
        {
            PendingFor = TimeSpan.FromMilliseconds(200), AlarmsEvaluatedEvery = TimeSpan.FromMilliseconds(200),
        });
        var deployed = new DeployedExample(server, copy, example);
        if (main is not null)
            await File.WriteAllTextAsync(Path.Combine(deployed._folder, "main.tf"), main);
        await deployed.TerraformAsync("init", TerraformModule.Plugins);
        return deployed;
    }

    /// <summary>EC2 for whoever has this access key id.</summary>
    public AmazonEC2Client Client(string accessKeyId) => new(
        new BasicAWSCredentials(accessKeyId, "secret"),
        new AmazonEC2Config
        {
            ServiceURL = Server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0,
        });

    public Task ApplyAsync(params (string Name, string Value)[] variables) =>
        TerraformAsync("apply", ["-auto-approve", .. Given(variables)]);

    /// <summary>Puts another module in the place of the one that was applied.</summary>
    public void Replace(string module)
    {
        foreach (var file in Directory.GetFiles(_copy, "*.tf"))
            File.Delete(file);
        foreach (var file in Directory.GetFiles(module, "*.tf").Concat(Directory.GetFiles(module, "*.json")))
            File.Copy(file, Path.Combine(_copy, Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>Writes a file into the example's folder.</summary>
    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);

    /// <summary>The addresses of everything that Terraform keeps.</summary>
    public async Task<IReadOnlyList<string>> StateAsync() =>
        [.. (await TerraformModule.RunAsync(_folder, ["state", "list"], Account)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(address => !address.Contains("data.", StringComparison.Ordinal))];

    /// <summary>Plans, and returns the plan as Terraform shows it in JSON.</summary>
    public async Task<JsonNode> PlanAsync(params (string Name, string Value)[] variables)
    {
        await TerraformAsync("plan", ["-out=plan", .. Given(variables)]);
        var shown = await TerraformModule.RunAsync(_folder, ["show", "-json", "plan"], Account);
        return JsonNode.Parse(shown.Output)!;
    }

    /// <summary>Applies, and may fail.</summary>
    public Task<ToolResult> TryApplyAsync(params (string Name, string Value)[] variables) => TerraformModule.RunAsync(
        _folder, ["apply", "-no-color", "-input=false", "-auto-approve", .. Given(variables)], Account);

    /// <summary>Runs the command line tool as the account's administrator; it has to succeed.</summary>
    public async Task<string> AutomirrorAsync(params string[] arguments)
    {
        var result = await Programs.CliAsync(arguments, Account);
        Assert.True(result.ExitCode == 0, $"automirror {string.Join(' ', arguments)}\n{result.Output}\n{result.Error}");
        return result.Output.Trim();
    }

    /// <summary>Plans again, and finds nothing to do.</summary>
    public Task PlanNothingAsync(params (string Name, string Value)[] variables) =>
        TerraformAsync("plan", ["-detailed-exitcode", .. Given(variables)]);

    /// <summary>Destroys the module alone, and leaves what stands beside it.</summary>
    public Task DestroyModuleAsync(params (string Name, string Value)[] variables) =>
        TerraformAsync("destroy", ["-auto-approve", "-target=module.automirror", .. Given(variables)]);

    /// <summary>An output, as text.</summary>
    public async Task<string> OutputAsync(string name) =>
        (await TerraformModule.RunAsync(_folder, ["output", "-raw", name], Account)).Output;

    public Task DestroyAsync(params (string Name, string Value)[] variables) =>
        TerraformAsync("destroy", ["-auto-approve", .. Given(variables)]);

    /// <summary>Runs the aws CLI, which has to succeed, and returns what it prints.</summary>
    public async Task<string> AwsAsync(params string[] arguments)
    {
        var result = await Tool.RunAsync("aws", arguments, Account);
        Assert.True(result.ExitCode == 0, $"aws {string.Join(' ', arguments)}\n{result.Output}\n{result.Error}");
        return result.Output.Trim();
    }

    /// <summary>Waits until something holds that the function brings about; if it never does, shows what the function had to say.</summary>
    public async Task UntilAsync(string logGroup, Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            if (limit.IsCancellationRequested)
            {
                Assert.Fail($"It did not come about within {Patience}. The log of the function:\n{string.Join('\n', Cloud.Logs.Get(logGroup)
                    .Messages)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
    }

    public async Task<List<TrafficMirrorSession>> SessionsAsync() =>
        (await Ec2.DescribeTrafficMirrorSessionsAsync(new DescribeTrafficMirrorSessionsRequest())).TrafficMirrorSessions ?? [];

    /// <summary>Launches an instance that will be the sensor, and returns its interface.</summary>
    public string LaunchSensor() => Cloud.Ec2.Instances.InterfacesOf(
        Cloud.Ec2.RunInstances(new AutoMirror.Emulator.Ec2.Instances.LaunchRequest { InstanceType = "c5.xlarge" })[0].Id)[0].Id;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Ec2.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(Path.Combine(_copy, "examples"), recursive: true);
    }

    private async Task TerraformAsync(string command, string[] arguments)
    {
        var result = await TerraformModule.RunAsync(_folder, [command, "-no-color", "-input=false", .. arguments], Account);
        Assert.True(result.ExitCode == 0, $"terraform {command}: {result.ExitCode}\n{result.Output}\n{result.Error}");
    }

    private static IEnumerable<string> Given((string Name, string Value)[] variables) =>
        variables.Select(variable => $"-var={variable.Name}={variable.Value}");
}

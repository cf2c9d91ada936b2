using System.Reflection;
using System.Text.RegularExpressions;
using AutoMirror.Aws.Hosting;
using AutoMirror.Aws.Tests;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Lambda.Managed.Tests;

/// <summary>Both hosts make the same of everything: the same answer byte for byte, the same failures, the same log.</summary>
public sealed partial class SameAnswerTests
{
    public static TheoryData<string> SampleEvents =>
        [
            .. Directory.GetFiles(Repository.PathOf("infra", "events"), "*.json").Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(SampleEvents))]
    public async Task Both_hosts_make_the_same_of_a_sample_event(string file)
    {
        var sample = await File.ReadAllTextAsync(Repository.PathOf("infra", "events", file));

        var bootstrap = await RunAsync(sample, Hosts.BootstrapAsync);

        Assert.NotNull(bootstrap.Answer);
        Assert.NotEmpty(bootstrap.Log);
        Assert.Equal(bootstrap, await RunAsync(sample, Hosts.ManagedAsync));
        if (sample.Contains("\"detail-type\"", StringComparison.Ordinal) && !sample.Contains("\"Records\"", StringComparison.Ordinal))
            Assert.Equal(bootstrap, await RunAsync(sample, Hosts.ManagedTypedAsync));
    }

    [Theory]
    [InlineData("""{"action":"nonsense"}""", "AutoMirror.MalformedEvent")]
    [InlineData("null", "AutoMirror.MalformedEvent")]
    [InlineData("[1, 2]", "AutoMirror.MalformedEvent")]
    [InlineData("""{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","detail":{"state":7}}""", "AutoMirror.MalformedEvent")]
    public async Task Both_hosts_fail_alike_on_an_event_that_makes_no_sense(string payload, string errorType)
    {
        var bootstrap = await RunAsync(payload, Hosts.BootstrapAsync);

        Assert.Equal(errorType, bootstrap.ErrorType);
        Assert.Equal(bootstrap, await RunAsync(payload, Hosts.ManagedAsync));
    }

    [Fact]
    public async Task Both_hosts_fail_alike_on_a_wrong_policy()
    {
        static async Task<HostedRun> Broken(EmulatedAccount account, Func<EmulatedAccount, string, Task<HostedRun>> host)
        {
            await account.PutAsync("policy", "{");
            return await host(account, "{}");
        }

        var bootstrap = await RunAsync("{}", (account, _) => Broken(account, Hosts.BootstrapAsync));

        Assert.Equal(ErrorTypes.Misconfigured, bootstrap.ErrorType);
        Assert.Equal(bootstrap, await RunAsync("{}", (account, _) => Broken(account, Hosts.ManagedAsync)));
    }

    [Fact]
    public void Every_error_type_of_the_function_has_its_exception()
    {
        var types = typeof(ErrorTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.Equal(
            type, $"AutoMirror.{Failure.Of(new InvocationOutcome.Failed(type, "why", [])).GetType().Name}"));
        Assert.Equal(
            "FormatException: why", Assert.IsType<Bug>(Failure.Of(new InvocationOutcome.Failed("FormatException", "why", []))).Message);
    }

    [Theory]
    [InlineData("infra/sam/template.yaml")]
    [InlineData("infra/terraform/function.tf")]
    [InlineData("src/AutoMirror.Lambda.Managed/aws-lambda-tools-defaults.json")]
    public async Task What_deploys_this_host_names_its_handler(string file)
    {
        var handler = HandlerName().Match(await File.ReadAllTextAsync(Repository.PathOf(file.Split('/'))));

        Assert.True(handler.Success);
        var assembly = Assembly.Load(handler.Groups["assembly"].Value);
        Assert.NotNull(assembly.GetType(handler.Groups["type"].Value, throwOnError: true)!.GetMethod(handler.Groups["method"].Value));
    }

    // Equal accounts: the ids come from a seed, and only one interface is to be mirrored, so that no two creates race for theirs.
    private static async Task<HostedRun> RunAsync(string payload, Func<EmulatedAccount, string, Task<HostedRun>> host)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync();
        await account.LaunchAsync(tag: "false");
        var card = instance.NetworkInterfaces[0];
        return await host(account, payload
            .Replace("i-0c5f6a7e1d2b39481", instance.InstanceId, StringComparison.Ordinal)
            .Replace("eni-07d3b1f0c48a95e62", card.NetworkInterfaceId, StringComparison.Ordinal)
            .Replace("subnet-0f3a7d28c61e9b540", card.SubnetId, StringComparison.Ordinal)
            .Replace("vpc-05c2e81d9ab7f4360", card.VpcId, StringComparison.Ordinal));
    }

    [GeneratedRegex("(?<assembly>AutoMirror[A-Za-z.]*)::(?<type>[A-Za-z.]+)::(?<method>[A-Za-z]+)")]
    private static partial Regex HandlerName();
}

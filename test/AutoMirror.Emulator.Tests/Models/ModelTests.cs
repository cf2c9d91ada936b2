using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Testing;
using Xunit.Abstractions;

namespace AutoMirror.Emulator.Tests.Models;

/// <summary>The emulator against AWS's own service models.</summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    [NeedsModelsFact]
    public async Task Every_action_takes_and_gives_what_its_model_says()
    {
        // What takes a moment happens at once, so that nothing has to be waited for.
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions
        {
            PendingFor = TimeSpan.Zero, StoppingFor = TimeSpan.Zero, ShuttingDownFor = TimeSpan.Zero, AttachingFor = TimeSpan.Zero,
            ManagedResourceVisibility = ManagedVisibility.Visible,
        });
        // What no action makes, so that filters on it find something.
        server.Cloud.Ec2.Managed.Launch("eks.amazonaws.com", new LaunchRequest());
        var subnet = server.Cloud.Ec2.Networks.DescribeSubnets(Query.All).Items[0].Id;
        server.Cloud.Ec2.RequesterManaged.Create(RequesterManagedInterface.OfNetworkLoadBalancer(subnet, "n"));
        var sweep = Repository.PathOf("test", "AutoMirror.Emulator.Tests", "Models", "model_sweep.py");

        var result = await Tool.RunAsync("python3", ["-B", sweep], Wire.Client.Environment(server));

        output.WriteLine(result.Output);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}

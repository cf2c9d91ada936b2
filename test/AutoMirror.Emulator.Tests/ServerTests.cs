using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Tests;

/// <summary>Tests with a server of their own, on a free port.</summary>
public abstract class ServerTests : IAsyncLifetime
{
    protected static HttpClient Http { get; } = new();

    protected EmulatorServer Server { get; private set; } = null!;

    protected virtual EmulatorOptions Options => new();

    public virtual async Task InitializeAsync() => Server = await EmulatorServer.StartAsync(Options);

    public virtual async Task DisposeAsync() => await Server.DisposeAsync();

    protected Instance Launch() => Server.Cloud.Ec2.RunInstances(new LaunchRequest())[0];
}

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>Runs the functions of a cloud as processes of this machine, for as long as the server runs.</summary>
internal sealed class SandboxLauncher : IAsyncDisposable
{
    private readonly Cloud _cloud;
    private readonly List<Fleet> _fleets = [];

    public SandboxLauncher(Cloud cloud)
    {
        _cloud = cloud;
        cloud.Lambda.Created += Run;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _cloud.Lambda.Created -= Run;
        List<Fleet> all;
        using (_cloud.Enter())
            all = [.. _fleets];
        foreach (var fleet in all)
            await fleet.DisposeAsync();
    }

    private void Run(LambdaFunction function) => _fleets.Add(new(_cloud, function));
}

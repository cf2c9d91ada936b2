namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>The sandboxes of one function: as many as its waiting invocations need, up to its concurrency and what the machine
/// bears.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly Cloud _cloud;
    private readonly LambdaFunction _function;
    private readonly List<Sandbox> _sandboxes = [];
    private readonly List<CodeFolder> _folders = [];
    private readonly Lock _gate = new();
    private FunctionCode? _unpacked;
    private int _starting;
    private bool _isStopped;

    public Fleet(Cloud cloud, LambdaFunction function)
    {
        (_cloud, _function) = (cloud, function);
        function.Host.Starved += Scale;
        function.Replaced += Replace;
        function.TailOf = TailOfAsync;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _function.Host.Starved -= Scale;
        _function.Replaced -= Replace;
        List<Sandbox> all;
        lock (_gate)
        {
            _isStopped = true;
            all = [.. _sandboxes];
            _sandboxes.Clear();
        }

        foreach (var sandbox in all)
            await sandbox.DisposeAsync();
        _folders.ForEach(folder => folder.Dispose());
    }

    private int Most => Math.Min(_function.ReservedConcurrency ?? _cloud.Options.Quotas.ConcurrentExecutions, _cloud.Options.MostSandboxes);

    /// <summary>Starts a sandbox when more invocations wait than sandboxes are on their way.</summary>
    private void Scale()
    {
        lock (_gate)
        {
            var onTheirWay = _starting + _sandboxes.Count(sandbox => sandbox.IsStarting);
            if (_isStopped || _starting + _sandboxes.Count >= Most || _function.Host.Pending <= onTheirWay)
                return;
            _starting++;
        }

        _ = StartAsync();
    }

    private async Task StartAsync()
    {
        Sandbox sandbox;
        try
        {
            sandbox = await Sandbox.StartAsync(_cloud, _function, Folder(), Gone);
        }
        finally
        {
            lock (_gate)
                _starting--;
        }

        lock (_gate)
        {
            if (!_isStopped && !sandbox.IsGone)
                _sandboxes.Add(sandbox);
        }

        if (_isStopped)
            await sandbox.DisposeAsync();
        Scale();
    }

    /// <summary>The package of now, unpacked once.</summary>
    private CodeFolder Folder()
    {
        lock (_gate)
        {
            if (_unpacked != _function.Code)
            {
                _folders.Add(new(_function.Code));
                _unpacked = _function.Code;
            }

            return _folders[^1];
        }
    }

    private void Gone(Sandbox sandbox)
    {
        lock (_gate)
            _sandboxes.Remove(sandbox);
        _ = DisposeSoonAsync(sandbox);
        Scale();
    }

    private static async Task DisposeSoonAsync(Sandbox sandbox)
    {
        await Task.Yield();
        await sandbox.DisposeAsync();
    }

    /// <summary>After an update new invocations run in new sandboxes; those of a function that was deleted end.</summary>
    private void Replace()
    {
        List<Sandbox> old;
        lock (_gate)
            old = [.. _sandboxes];
        old.ForEach(sandbox => sandbox.Retire());
    }

    private async Task<string> TailOfAsync(string requestId)
    {
        List<Sandbox> all;
        lock (_gate)
            all = [.. _sandboxes];
        foreach (var sandbox in all)
        {
            if (await sandbox.LinesOfAsync(requestId) is { } lines)
                return string.Join('\n', lines);
        }

        return "";
    }
}

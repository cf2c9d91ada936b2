using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AutoMirror.Emulator.RuntimeApi;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>
/// An execution environment: one process of the function, with a Runtime API and a log stream of its own. It works on one invocation at a
/// time, and ends with a timeout, with too much memory, or by itself.
/// </summary>
internal sealed partial class Sandbox : IAsyncDisposable
{
    /// <summary>"The Init phase is limited to 10 seconds."</summary>
    private static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(10);

    /// <summary>What a function has printed before it answered may still be in the pipe when the answer is here.</summary>
    private static readonly TimeSpan PipeDelay = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan MemoryLookedAtEvery = TimeSpan.FromMilliseconds(25);

    private readonly Cloud _cloud;
    private readonly LambdaFunction _function;
    private readonly SandboxServer _server;
    private readonly FunctionLog _log;
    private readonly PlatformLines _lines;
    private readonly string _stream;
    private readonly Action<Sandbox> _gone;
    private readonly DateTimeOffset _startedAt;
    private Process? _process;
    private TimeSpan? _initDuration;
    private Invocation? _current;
    private Task _reported = Task.CompletedTask;
    private long _mostMemory;
    private bool _isReady;
    private bool _isOutOfMemory;
    private bool _isRetired;
    private bool _isStopped;
    private Task? _disposal;

    private Sandbox(Cloud cloud, LambdaFunction function, SandboxServer server, Action<Sandbox> gone)
    {
        (_cloud, _function, _server, _startedAt, _gone) = (cloud, function, server, cloud.Now, gone);
        _stream = string.Create(
            CultureInfo.InvariantCulture,
                $"{cloud.Now.UtcDateTime:yyyy/MM/dd}/[$LATEST]{cloud.Seeded.Uuid().Replace("-", "", StringComparison.Ordinal)}");
        _log = new(cloud, function, _stream);
        _lines = new(function, _log.Write);
        server.Endpoint.Asked += Asked;
        server.Endpoint.Giving += GivingAsync;
        server.Endpoint.InitFailed += InitFailed;
        function.Host.Ended += Ended;
    }

    /// <summary>Whether its process has ended, or never began.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether it has not asked for work yet.</summary>
    public bool IsStarting => !_isReady;

    /// <summary>Starts a process for a function; what prevents it fails the invocation that waits for it.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="function">The function.</param>
    /// <param name="code">Its package, unpacked.</param>
    /// <param name="gone">Called once, when the process is gone.</param>
    public static async Task<Sandbox> StartAsync(Cloud cloud, LambdaFunction function, CodeFolder code, Action<Sandbox> gone)
    {
        var sandbox = new Sandbox(cloud, function, await SandboxServer.StartAsync(cloud, function.Host), gone);
        sandbox._lines.Initialize(cloud.Now);
        if (sandbox.WhyNot(code) is var (type, message))
            sandbox.FailToStart(type, message);
        else
            sandbox.Run(code);
        return sandbox;
    }

    /// <summary>Ends it when the invocation under way has ended, or at once when there is none.</summary>
    public void Retire()
    {
        bool isIdle;
        using (_cloud.Enter())
        {
            _isRetired = true;
            isIdle = _current is null;
            if (isIdle)
                _server.StopGiving();
        }

        if (isIdle)
            Stop();
    }

    /// <summary>The lines of an invocation that has ended, the report included; null for one that was not its.</summary>
    public async Task<IReadOnlyList<string>?> LinesOfAsync(string requestId)
    {
        await _reported;
        return _log.Since(requestId) is { Count: > 0 } lines ? lines : null;
    }

    /// <summary>Ends it, once, whoever asks: the fleet that stops, or the process that has ended by itself meanwhile.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lines)
            return new(_disposal ??= EndAsync());
    }

    private async Task EndAsync()
    {
        Stop();
        _function.Host.Ended -= Ended;
        await _server.DisposeAsync();
        _process?.Dispose();
    }

    private (string Type, string Message)? WhyNot(CodeFolder code)
    {
        if (!Runtimes.BringsBootstrap(_function.Configuration.Runtime))
        {
            return ("Runtime.InvalidEntrypoint", $"The emulator runs functions that bring their own program (provided.al2023), and "
                + $"this one has the runtime {_function.Configuration.Runtime}.");
        }

        if (code.Bootstrap is null)
            return ("Runtime.InvalidEntrypoint", "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
        var role = _cloud.Iam.Roles.FindByArn(_function.Configuration.Role);
        return role is not null && _cloud.Access.MayBeAssumedBy(role, "lambda.amazonaws.com")
            ? null
            : ("AccessDeniedException", "The role defined for the function cannot be assumed by Lambda.");
    }

    private void Run(CodeFolder code)
    {
        var session = _cloud.Callers.Assume(_function.RoleName, _function.Name, TimeSpan.FromHours(12));
        var start = new ProcessStartInfo(code.Bootstrap!)
        {
            WorkingDirectory = code.Path, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in SandboxEnvironment.Of(_cloud, _function, session, _server.Address, code.Path, _stream))
            start.Environment[name] = value;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            FailToStart("Runtime.InvalidEntrypoint", $"fork/exec /var/task/bootstrap: {error.Message}");
            return;
        }

        _process.OutputDataReceived += (_, line) => Print(line.Data);
        _process.ErrorDataReceived += (_, line) => Print(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
        _ = WatchAsync(_process);
    }

    private void Print(string? line)
    {
        if (!string.IsNullOrEmpty(line))
            _log.Write(line);
    }

    private void Asked()
    {
        if (_isReady)
            return;
        _initDuration = _cloud.Now - _startedAt;
        _isReady = true;
    }

    private async Task GivingAsync(Invocation invocation)
    {
        await _reported;
        using (_cloud.Enter())
            _current = invocation;
        _lines.Start(_cloud.Now, invocation.RequestId);
    }

    private void Ended(Invocation invocation, FunctionResult result)
    {
        if (_current?.RequestId != invocation.RequestId)
            return;
        _current = null;
        var status = result.ErrorType == "Sandbox.Timedout" ? "timeout" : result.IsError ? "error" : "success";
        var report = new InvocationReport(
            invocation.RequestId, _cloud.Now - invocation.BegunAt, _initDuration, Megabytes(_mostMemory), status,
            _isOutOfMemory ? "Runtime.OutOfMemory" : result.IsError ? result.ErrorType : null);
        _initDuration = null;
        _reported = ReportAsync(report);
        // "When the Invoke phase times out, Lambda resets the execution environment."
        if (status == "timeout" || _isRetired)
        {
            _server.StopGiving();
            _cloud.Afterwards(Stop);
        }
    }

    private async Task ReportAsync(InvocationReport report)
    {
        await Task.Delay(PipeDelay);
        _lines.End(_cloud.Now, report);
    }

    private long Megabytes(long bytes) => Math.Min(_function.Configuration.MemorySize, (bytes + (1024 * 1024) - 1) / (1024 * 1024));
}

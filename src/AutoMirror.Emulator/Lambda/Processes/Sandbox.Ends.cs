using System.Diagnostics;
using System.Globalization;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>How a sandbox ends, and how one that can't start says so.</summary>
internal sealed partial class Sandbox
{
    /// <summary>Follows the process to its end: its memory, and how long it takes to ask for work.</summary>
    private async Task WatchAsync(Process process)
    {
        var exit = process.WaitForExitAsync();
        var limit = InitLimit + _function.Host.Timeout;
        while (!exit.IsCompleted)
        {
            await Task.WhenAny(exit, Task.Delay(MemoryLookedAtEvery));
            var used = SandboxMemory.Of(process);
            _mostMemory = Math.Max(_mostMemory, used);
            if (used > _function.Configuration.MemorySize * 1024L * 1024)
            {
                _isOutOfMemory = true;
                Kill();
            }
            else if (!_isReady && _cloud.Now - _startedAt > limit)
            {
                _function.Host.FailWaiting("Sandbox.Timedout", id =>
                    $"RequestId: {id} Error: Task timed out after "
                        + $"{limit.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} seconds");
                _isReady = true;
                Kill();
            }
        }

        await exit;
        Exited(process.ExitCode);
    }

    private void Exited(int code)
    {
        var reason = _isOutOfMemory ? "Runtime exited with error: signal: killed"
            : code == 0 ? "Runtime exited without providing a reason"
            : $"Runtime exited with error: {(code > 128 ? $"signal: {code - 128}" : $"exit status {code}")}";
        if (_current is { } current)
            _function.Host.Lose(current.RequestId, reason);
        else if (!_isReady && !_isStopped)
            FailToStart("Runtime.ExitError", reason);
        End();
    }

    private void End()
    {
        IsGone = true;
        _gone(this);
    }

    private void FailToStart(string type, string message)
    {
        _isReady = true;
        _log.Write($"{type}: {message}");
        _function.Host.FailWaiting(type, id => $"RequestId: {id} Error: {message}");
        if (_process is null)
            End();
    }

    private void InitFailed(string payload, string? errorType)
    {
        if (_isReady)
            return;
        _isReady = true;
        _function.Host.FailWaiting(errorType ?? "Runtime.Unknown", id => $"RequestId: {id} Error: {payload}");
    }

    private void Stop()
    {
        _isStopped = true;
        Kill();
    }

    private void Kill()
    {
        try
        {
            _process?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }
}

using AutoMirror.Aws;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Changing;

/// <summary>Takes a deployment's sessions out of an account: switch off, delete, wait for functions that are warm, look once
/// more.</summary>
internal sealed class RemovalRun(Removal removal, Progress progress, TimeProvider time)
{
    private readonly List<TrafficMirrorSession> _deleted = [];
    private bool _isOff;

    /// <summary>Called each time when everything is deleted, and the wait for warm functions begins.</summary>
    public Action OnWait { get; init; } = () => { };

    /// <summary>The sessions that the deployment owns now.</summary>
    /// <exception cref="CommandException">They could not be read.</exception>
    public async Task<IReadOnlyList<TrafficMirrorSession>> FindAsync(CancellationToken cancellationToken) =>
        (await removal.FindAsync(cancellationToken)).TryGet(out var sessions, out var refusal)
            ? sessions
            : throw new CommandException($"the sessions could not be read, and {What("nothing was done")}: {refusal}");

    /// <summary>Does it.</summary>
    /// <param name="waits">Whether to look again when no function has an old copy of the configuration any more.</param>
    /// <exception cref="CommandException">AutoMirror could not be switched off.</exception>
    /// <exception cref="InterruptedException">Somebody ended it.</exception>
    public async Task<RemoveDocument> CarryOutAsync(bool waits, CancellationToken cancellationToken)
    {
        try
        {
            if (await removal.SwitchOffAsync(cancellationToken) is { } why)
                throw new CommandException($"{removal.ModeParameter} could not be set to \"off\", and nothing was deleted: {why}");
            _isOff = true;
            var switchedOffAt = time.GetUtcNow();

            // What was made between the first look and the switch-off goes too.
            var left = await DeleteAsync(await FindAsync(cancellationToken), cancellationToken);
            while (waits && left.Count == 0)
            {
                progress.Say(
                    $"{_deleted.Count} deleted. Waiting until {switchedOffAt + Removal.Quiet:HH:mm:ss} UTC, when no function has an old "
                        + "copy of the configuration any more.");
                var quiet = removal.WaitForQuietAsync(switchedOffAt, cancellationToken);
                OnWait();
                await quiet;
                if (await FindAsync(cancellationToken) is not { Count: > 0 } late)
                    break;
                left = await DeleteAsync(late, cancellationToken);
            }

            return RemoveDocument.OfDone(removal, _deleted, left, waits);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException($"{What("ended before anything was done")}. The same command does the rest.");
        }
    }

    private async Task<IReadOnlyList<(TrafficMirrorSession Session, string Why)>> DeleteAsync(
        IReadOnlyList<TrafficMirrorSession> sessions, CancellationToken cancellationToken)
    {
        progress.Total = _deleted.Count + sessions.Count;
        return await removal.DeleteAsync(
            sessions,
            session =>
            {
                _deleted.Add(session);
                progress.Step();
            },
            cancellationToken);
    }

    private string What(string nothing) =>
        _isOff ? $"{Counted.Of(_deleted.Count, "session")} deleted, and {removal.ModeParameter} is \"off\", which stays" : nothing;
}

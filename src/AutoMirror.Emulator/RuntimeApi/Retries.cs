using System.Text;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>
/// Tries an asynchronous event again when it fails, twice as Lambda does by default, and then gives it to the on-failure destination.
/// </summary>
internal sealed class Retries(Cloud cloud, Action<Invocation> tryAgain, Action<DeadLetter> givenUp)
{
    /// <summary>The waits before each retry.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; set; } = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)];

    /// <summary>How old an event may get before it is given up.</summary>
    public TimeSpan MaximumEventAge { get; set; } = TimeSpan.FromHours(6);

    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>How many events wait for their next attempt.</summary>
    public int Due { get; private set; }

    public void Failed(Invocation invocation, FunctionResult result)
    {
        var isTooOld = invocation.Attempt <= Delays.Count
            && cloud.Now + Delays[invocation.Attempt - 1] - invocation.QueuedAt > MaximumEventAge;
        if (invocation.Attempt > Delays.Count || isTooOld)
        {
            var letter = new DeadLetter(Encoding.UTF8.GetString(invocation.Payload.Span), result, cloud.Now) { IsTooOld = isTooOld };
            DeadLetters.Add(letter);
            givenUp(letter);
            return;
        }

        Due++;
        cloud.In(Delays[invocation.Attempt - 1], () =>
        {
            Due--;
            tryAgain(invocation);
        });
    }
}

using System.Text;

namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>
/// Tries an asynchronous event again when it fails, twice as Lambda does by default, and then gives it to the on-failure destination.
/// </summary>
internal sealed class Retries(Cloud cloud, Action<Invocation> tryAgain)
{
    /// <summary>The waits before each retry.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; set; } = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)];

    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>How many events wait for their next attempt.</summary>
    public int Due { get; private set; }

    public void Failed(Invocation invocation, FunctionResult result)
    {
        if (invocation.Attempt > Delays.Count)
        {
            DeadLetters.Add(new(Encoding.UTF8.GetString(invocation.Payload.Span), result, cloud.Now));
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

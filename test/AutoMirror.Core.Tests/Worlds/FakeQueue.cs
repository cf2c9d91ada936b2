using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>The function's queue: keeps what is sent, or refuses it.</summary>
internal sealed class FakeQueue : IContinuationQueue
{
    public List<(string Message, TimeSpan Delay)> Sent { get; } = [];

    public Refusal? Refusal { get; set; }

    public IReadOnlyDictionary<string, int> Calls => new Dictionary<string, int> { ["SendMessage"] = Sent.Count };

    public Task<Refusal?> SendAsync(string message, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (Refusal is null)
            Sent.Add((message, delay));
        return Task.FromResult(Refusal);
    }
}

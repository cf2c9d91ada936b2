using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AutoMirror.Aws.Tests;

/// <summary>A server that speaks just enough HTTP to stop in the middle of an answer.</summary>
internal sealed class StallingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _answers;
    private readonly SemaphoreSlim _stalls = new(0);
    private readonly Task _serving;
    private int _requests;

    /// <param name="answers">What each request gets, as bytes on the wire; whatever follows never comes.</param>
    public StallingServer(params IEnumerable<string> answers)
    {
        _answers = new(answers);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}/");

    public int Requests => _requests;

    /// <summary>A whole answer.</summary>
    public static string Whole(string body, string status = "200 OK", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    /// <summary>Waits until an answer was begun, or nothing at all was said to a request.</summary>
    public Task StalledAsync() => _stalls.WaitAsync();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
        _stalls.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = new byte[64 * 1024];
                while (await stream.ReadAsync(request, _end.Token) is > 0)
                {
                    Interlocked.Increment(ref _requests);
                    if (_answers.TryDequeue(out var answer))
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _end.Token);
                    _stalls.Release();
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The client gave up, as it should.
            }
        }
    }
}

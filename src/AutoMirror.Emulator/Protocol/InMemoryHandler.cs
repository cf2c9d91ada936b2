using System.Net;
using System.Net.Http.Headers;
using AutoMirror.Emulator.Faults;

namespace AutoMirror.Emulator.Protocol;

/// <summary>The wire without a socket: an SDK's HttpClient over this speaks to the cloud in its own thread and its own time.</summary>
internal sealed class InMemoryHandler(Cloud cloud) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var wire = new WireRequest(
            request.Method.Method, request.RequestUri!.AbsolutePath, QueryOf(request.RequestUri), name => HeaderOf(request, name), body);
        var fate = cloud.Gateway.Draw(wire);
        await Fate.WaitAsync(cloud.Options.Time, fate.Latency / 2, cancellationToken);
        if (fate.Kind == FateKind.CutBefore)
            throw Cut();
        var reply = cloud.Gateway.Answer(wire, fate);
        await Fate.WaitAsync(cloud.Options.Time, (fate.Latency / 2) + (fate.Kind == FateKind.SlowBody ? fate.SlowBodyFor : TimeSpan.Zero),
            cancellationToken);
        switch (fate.Kind)
        {
            case FateKind.CutAfter:
                throw Cut();
            case FateKind.Timeout:
                await Fate.WaitAsync(cloud.Options.Time, TimeSpan.FromDays(1), cancellationToken);
                throw Cut();
        }

        var content = fate.Kind == FateKind.TruncatedBody ? new StreamContent(new TruncatedStream(reply.Body[..(reply.Body.Length / 2)]))
            : (HttpContent)new ByteArrayContent(reply.Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        content.Headers.ContentLength = reply.Body.Length;
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = content, RequestMessage = request };
        foreach (var (name, value) in reply.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static HttpRequestException Cut() =>
        new(HttpRequestError.ResponseEnded, "The connection was cut.", new IOException("The response ended prematurely."));

    private static string? HeaderOf(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values)
            || (request.Content?.Headers.TryGetValues(name, out values) ?? false) ? string.Join(", ", values) : null;

    private static Dictionary<string, string> QueryOf(Uri uri) => uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => pair.Length > 1 ? WebUtility.UrlDecode(pair[1]) : "");

    /// <summary>Ends with the error that a socket gives when a body stops short of its length.</summary>
    private sealed class TruncatedStream(byte[] start) : MemoryStream(start)
    {
        public override int Read(byte[] buffer, int offset, int count) => End(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => End(base.Read(buffer));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override void CopyTo(Stream destination, int bufferSize) => throw Short();

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            Task.FromException(Short());

        private static int End(int read) => read > 0 ? read : throw Short();

        private static HttpIOException Short() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}

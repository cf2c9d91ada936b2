using System.Net;
using System.Net.Http.Headers;
using AutoMirror.Emulator.Faults;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// The wire without a socket: an SDK's HttpClient speaks through it to the cloud, on its own thread and by the cloud's clock.
/// </summary>
internal sealed class InMemoryHandler(Cloud cloud) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var time = cloud.Options.Time;
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var wire = new WireRequest(
            request.Method.Method, request.RequestUri!.AbsolutePath, QueryOf(request.RequestUri), name => HeaderOf(request, name), body);
        var fate = cloud.Gateway.Draw(wire);
        await Fate.WaitAsync(time, fate.Latency / 2, cancellationToken);
        if (fate.Kind == FateKind.CutBefore)
            throw Cut();
        var reply = cloud.Gateway.Answer(wire, fate);
        if (reply.Later is { } later)
            reply = await later;
        var slowness = fate.Kind == FateKind.SlowBody ? fate.SlowBodyFor : TimeSpan.Zero;
        await Fate.WaitAsync(time, (fate.Latency / 2) + slowness, cancellationToken);
        if (fate.Kind == FateKind.Timeout)
            await Fate.WaitAsync(time, TimeSpan.FromDays(1), cancellationToken);
        if (fate.Kind is FateKind.Timeout or FateKind.CutAfter)
            throw Cut();
        return ToResponse(request, reply, isTruncated: fate.Kind == FateKind.TruncatedBody);
    }

    private static HttpResponseMessage ToResponse(HttpRequestMessage request, WireReply reply, bool isTruncated)
    {
        HttpContent content = isTruncated
            ? new StreamContent(new TruncatedStream(reply.Body[..(reply.Body.Length / 2)]))
            : new ByteArrayContent(reply.Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        content.Headers.ContentLength = reply.Body.Length;
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = content, RequestMessage = request };
        foreach (var (name, value) in reply.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static HttpRequestException Cut() =>
        new(HttpRequestError.ResponseEnded, "The connection was cut.", new IOException("The response ended prematurely."));

    private static string? HeaderOf(HttpRequestMessage request, string name)
    {
        var isFound = request.Headers.TryGetValues(name, out var values) || request.Content?.Headers.TryGetValues(name, out values) == true;
        return isFound ? string.Join(", ", values!) : null;
    }

    private static Dictionary<string, string> QueryOf(Uri uri) => uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => pair.Length > 1 ? WebUtility.UrlDecode(pair[1]) : "");
}

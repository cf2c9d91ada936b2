using Amazon.Runtime;

namespace AutoMirror.Aws.Tests;

/// <summary>A way to the emulator on which tests can hold requests, count round trips, and cut connections.</summary>
internal sealed class GateTransport(
    Func<string, HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> between) : HttpClientFactory
{
    /// <summary>Everything is answered by this, with status 200.</summary>
    public static GateTransport Answering(string body) => new((_, request, _) =>
        Task.FromResult(
            new HttpResponseMessage(System.Net.HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(body) }));

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(between)) { Timeout = Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    private sealed class Handler(
        Func<string, HttpRequestMessage, Func<Task<HttpResponseMessage>>,
        Task<HttpResponseMessage>> between) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The SDK's content can be read once only.
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var content = new ByteArrayContent(body);
            foreach (var header in request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            request.Content = content;
            return await between(ActionOf(request, body), request, () => base.SendAsync(request, cancellationToken));
        }

        private static string ActionOf(HttpRequestMessage request, byte[] body) =>
            request.Headers.TryGetValues("X-Amz-Target", out var target)
                ? target.First().Split('.')[^1]
                : System.Text.Encoding.UTF8.GetString(body).Split('&')
                .First(part => part.StartsWith("Action=", StringComparison.Ordinal))["Action=".Length..];
    }
}

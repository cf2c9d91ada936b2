using Amazon.Runtime;

namespace AutoMirror.Aws.Hosting;

/// <summary>The SDK's way to AWS: an attempt ends at its limit wherever it hangs, and no redirect is followed.</summary>
/// <remarks>
/// The SDK's own limit ends when the headers have come, and its XML reader reads the body without heeding a cancellation: one answer whose
/// body stalls would take the whole invocation, and the thread with it. So a body is
/// read whole, under the same limit, before the SDK sees it.
/// A redirect would carry signed requests to wherever somebody points.
/// </remarks>
/// <param name="limit">How long one attempt may take, from its first byte out to its last byte in.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerTransport(TimeSpan limit, TimeProvider time) : HttpClientFactory
{
    // EC2's largest pages, a thousand instances with fifty tags each, are about 6 MB.
    private const long LargestBody = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(limit, time)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    private sealed class Handler(TimeSpan limit, TimeProvider time) : DelegatingHandler(
        new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var end = new CancellationTokenSource(limit, time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
            try
            {
                var response = await base.SendAsync(request, ended.Token);
                await response.Content.LoadIntoBufferAsync(LargestBody, ended.Token);
                return response;
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"no whole answer came within {limit.TotalSeconds} s");
            }
        }
    }
}

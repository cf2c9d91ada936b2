using System.Text;
using Amazon.Runtime;
using AutoMirror.Aws.Hosting;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Faults;

namespace AutoMirror.Simulation.Wire;

/// <summary>The real SDK, its HTTP and XML included, over the emulator's wire without a socket. Some tens of
/// times slower than the typed calls, and nothing of the function is left out.</summary>
internal sealed class WireTransport : Transport
{
    public override bool TakesTokens => true;

    public override ProcessClients Connect(History history, CallPath path)
    {
        var errors = new List<string>();
        var settings = Settings.Read(name => history.Environment.GetValueOrDefault(name), errors);
        var credentials = new BasicAWSCredentials("AKIASIMULATION", "secret");
        var factory = new Factory(new Handler(history, path));
        return new(
            With(Clients.Ec2(settings, credentials), factory), With(Clients.Ssm(settings, credentials), factory),
            new TypedSqs(history, path));
    }

    private static T With<T>(T client, HttpClientFactory factory)
        where T : AmazonServiceClient
    {
        ((ClientConfig)client.Config).HttpClientFactory = factory;
        return client;
    }

    private sealed class Factory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }

    private sealed class Handler(History history, CallPath path) : DelegatingHandler(history.Cloud.CreateHandler())
    {
        private readonly int _thread = System.Environment.CurrentManagedThreadId;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // Off the one thread, a run would no longer follow from its seed.
            if (System.Environment.CurrentManagedThreadId != _thread)
                history.Violated("a call comes from another thread");
            var body = Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            if (request.Headers.TryGetValues("X-Amz-Target", out var target))
                return await path.CallAsync("ssm", target.Single().Split('.')[^1], false, new Exchange(history.Cloud, () => Send(request)));
            var action = body.Split('&').Single(each => each.StartsWith("Action=", StringComparison.Ordinal))["Action=".Length..];
            var type = request.Content.Headers.ContentType;
            request.Content = new ByteArrayContent(
                Encoding.UTF8.GetBytes(body.Replace("MaxResults=1000", $"MaxResults={history.Dials.PageSize}", StringComparison.Ordinal)));
            request.Content.Headers.ContentType = type;
            return await path.CallAsync(
                "ec2", action, !body.Contains("Filter.1", StringComparison.Ordinal), new Exchange(history.Cloud, () => Send(request)));
        }

        // Without latency of its own the emulator answers before it returns.
        private HttpResponseMessage Send(HttpRequestMessage request)
        {
            var answer = base.SendAsync(request, CancellationToken.None);
            return answer.IsCompleted
                ? answer.GetAwaiter().GetResult()
                : throw new InvalidOperationException("The emulator's wire has waited.");
        }
    }

    private sealed class Exchange(Cloud cloud, Func<HttpResponseMessage> send) : ITransport<HttpResponseMessage>
    {
        public HttpResponseMessage Do() => send();

        public HttpResponseMessage Fail(CallFate fate) => fate switch
        {
            CallFate.Throttled => Send(new RequestFaults { Throttled = 1 }),
            CallFate.InternalError => Send(new RequestFaults { InternalError = 1 }),
            CallFate.Unavailable => Send(new RequestFaults { Unavailable = 1 }),
            CallFate.TimedOut => throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout."),
            _ =>
                throw new HttpRequestException(
                    HttpRequestError.ResponseEnded, "The connection was cut.", new IOException("The response ended prematurely.")),
        };

        private HttpResponseMessage Send(RequestFaults faults)
        {
            cloud.RequestFaults = faults;
            try
            {
                return send();
            }
            finally
            {
                cloud.RequestFaults = null;
            }
        }
    }
}

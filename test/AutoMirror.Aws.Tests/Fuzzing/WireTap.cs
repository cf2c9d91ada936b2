using System.Net;
using System.Text;
using Amazon.Runtime;
using AutoMirror.Emulator;

namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>The way to the emulator without a socket, on which every answer can be exchanged for another.</summary>
internal sealed class WireTap(Cloud cloud) : HttpClientFactory
{
    /// <summary>EC2's actions that change something.</summary>
    private static readonly HashSet<string> Changing =
        ["CreateTrafficMirrorSession", "ModifyTrafficMirrorSession", "DeleteTrafficMirrorSession", "CreateTags", "DeleteTags"];

    /// <summary>Exchanges an answer; null leaves all as they are.</summary>
    public Func<WireCall, WireReply, WireReply>? Exchange { get; set; }

    /// <summary>What was asked since this was last emptied.</summary>
    public List<WireCall> Calls { get; } = [];

    /// <summary>How many items a page of EC2's has.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>The calls that change something, or are unknown here.</summary>
    public IEnumerable<WireCall> Changes =>
        Calls.Where(
            call =>
                Changing.Contains(call.Action)
                    || !(
                        call.Action.StartsWith("Describe", StringComparison.Ordinal)
                            || call.Action is "GetParametersByPath" or "SendMessage"));

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(this, cloud.CreateHandler())) { Timeout = Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    private sealed class Handler(WireTap tap, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = WireCall.Of(request, await request.Content!.ReadAsStringAsync(cancellationToken));
            tap.Calls.Add(call);
            var type = request.Content.Headers.ContentType;
            request.Content = new ByteArrayContent(
                Encoding.UTF8.GetBytes(call.Body.Replace("MaxResults=1000", $"MaxResults={tap.PageSize}", StringComparison.Ordinal)));
            request.Content.Headers.ContentType = type;
            using var response = await base.SendAsync(request, cancellationToken);
            var reply = new WireReply(
                (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(),
                await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return (tap.Exchange?.Invoke(call, reply) ?? reply).ToResponse(request);
        }
    }
}

/// <summary>One call as it goes over the wire.</summary>
internal sealed record WireCall(string Action, string Body)
{
    public static WireCall Of(HttpRequestMessage request, string body) => new(
        request.Headers.TryGetValues("X-Amz-Target", out var target)
            ? target.First().Split('.')[^1]
            : body.Split('&').First(part => part.StartsWith("Action=", StringComparison.Ordinal))["Action=".Length..],
        body);
}

/// <summary>One answer as it goes over the wire.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The header, as it is written; null for none.</param>
/// <param name="Body">The body.</param>
internal sealed record WireReply(int Status, string? ContentType, byte[] Body)
{
    /// <summary>Whether the connection breaks where the body ends.</summary>
    public bool IsCut { get; init; }

    public string Text => Encoding.UTF8.GetString(Body);

    public WireReply With(string text) => this with { Body = Encoding.UTF8.GetBytes(text) };

    public HttpResponseMessage ToResponse(HttpRequestMessage request)
    {
        var content = new StreamContent(IsCut ? new CutStream(Body) : new MemoryStream(Body, writable: false));
        if (ContentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (!IsCut)
            content.Headers.ContentLength = Body.Length;
        return new HttpResponseMessage((HttpStatusCode)Status) { Content = content, RequestMessage = request };
    }

    /// <summary>Ends as a socket does whose other side is gone.</summary>
    private sealed class CutStream(byte[] start) : MemoryStream(start, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => End(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => End(base.Read(buffer));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override void CopyTo(Stream destination, int bufferSize) => throw Cut();

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            Task.FromException(Cut());

        private static int End(int read) => read > 0 ? read : throw Cut();

        private static HttpIOException Cut() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}

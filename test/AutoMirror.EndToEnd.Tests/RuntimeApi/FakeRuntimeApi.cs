using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

/// <summary>Lambda's Runtime API without a socket: hands out what was queued, then refuses, and keeps what it was told.</summary>
internal sealed class FakeRuntimeApi : HttpMessageHandler
{
    public const string FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:automirror";

    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _work = new();
    private readonly Queue<Func<HttpResponseMessage>> _receipts = new();

    public List<Told> Posts { get; } = [];

    /// <summary>Runs after each request to <c>/next</c> was seen, before it is answered.</summary>
    public Action OnNext { get; set; } = () => { };

    public FakeRuntimeApi Hand(string payload = "{}", params (string Name, string Value)[] headers)
    {
        _work.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(payload) };
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });
        return this;
    }

    /// <summary>An invocation as Lambda sends it, due 30 s after the moment at which the tests' clocks stand.</summary>
    public FakeRuntimeApi HandInvocation(string requestId, string payload = "{}") => Hand(
        payload,
        ("Lambda-Runtime-Aws-Request-Id", requestId),
        ("Lambda-Runtime-Deadline-Ms", HostWorld.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
        ("Lambda-Runtime-Trace-Id", $"Root=1-{requestId}"),
        ("Lambda-Runtime-Invoked-Function-Arn", FunctionArn));

    public FakeRuntimeApi RefuseNext(HttpStatusCode status, string body = "")
    {
        _work.Enqueue(_ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) }));
        return this;
    }

    public FakeRuntimeApi BreakNext(Exception exception)
    {
        _work.Enqueue(_ => Task.FromException<HttpResponseMessage>(exception));
        return this;
    }

    public FakeRuntimeApi HandRaw(Func<HttpResponseMessage> response)
    {
        _work.Enqueue(_ => Task.FromResult(response()));
        return this;
    }

    /// <summary>As in a sandbox that is frozen: no answer until the request is given up.</summary>
    public FakeRuntimeApi NeverAnswerNext()
    {
        _work.Enqueue(async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException("Not reached.");
        });
        return this;
    }

    public FakeRuntimeApi TakePostWith(HttpStatusCode status, string body = "")
    {
        _receipts.Enqueue(() => new HttpResponseMessage(status) { Content = new StringContent(body) });
        return this;
    }

    public FakeRuntimeApi TakePostRaw(Func<HttpResponseMessage> response)
    {
        _receipts.Enqueue(response);
        return this;
    }

    public FakeRuntimeApi BreakPost(Exception exception)
    {
        _receipts.Enqueue(() => throw exception);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("127.0.0.1:9001", request.RequestUri!.Authority);
        if (request.Method == HttpMethod.Get)
        {
            Assert.Equal("/2018-06-01/runtime/invocation/next", request.RequestUri.AbsolutePath);
            OnNext();
            return _work.TryDequeue(out var next)
                ? await next(cancellationToken)
                : new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("no more work in this test") };
        }

        var body = await request.Content!.ReadAsByteArrayAsync(CancellationToken.None);
        Posts.Add(new Told(
            request.RequestUri.AbsolutePath["/2018-06-01/runtime/".Length..],
            Encoding.UTF8.GetString(body),
            request.Content.Headers.ContentType?.ToString(),
            request.Headers.TryGetValues("Lambda-Runtime-Function-Error-Type", out var types) ? types.Single() : null));
        return _receipts.TryDequeue(out var receipt) ? receipt() : new HttpResponseMessage(HttpStatusCode.Accepted);
    }

    /// <summary>What the process told Lambda.</summary>
    internal sealed record Told(string Path, string Body, string? ContentType, string? ErrorType)
    {
        public string ErrorMessage => JsonDocument.Parse(Body).RootElement.GetProperty("errorMessage").GetString()!;

        public string[] StackTrace =>
            [.. JsonDocument.Parse(Body).RootElement.GetProperty("stackTrace").EnumerateArray().Select(frame => frame.GetString()!)];
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AutoMirror.Aws.Hosting;

namespace AutoMirror.Lambda;

/// <summary>
/// Lambda's Runtime API, as the custom runtimes guide describes it: ask for work, answer it. It decides nothing; whatever the API says
/// becomes a value that <see cref="RuntimeLoop"/> acts on.
/// </summary>
/// <remarks>
/// There is no time limit on a request: between two invocations the sandbox is frozen inside <c>/next</c>, for hours perhaps. And no
/// request is repeated here: the API is on loopback, in the same sandbox, so when it can't be reached the sandbox is ending. A second
/// <c>/next</c> could not get back an invocation that was lost on the way, and Lambda, which replaces a process that exits and repeats
/// an asynchronous event, can. (A pooled connection that was closed while idle is replaced by the handler beneath.)
/// </remarks>
internal sealed class RuntimeApiClient(HttpMessageInvoker http, Uri root, TimeProvider clock)
{
    /// <summary>What Lambda names as its largest answer when it refuses a larger one: 6 MiB and a little for the envelope.</summary>
    public const int LargestAnswer = 6_291_556;

    /// <summary>The longest that Lambda lets any function run, for an invocation whose deadline can't be read.</summary>
    public static readonly TimeSpan LongestInvocation = TimeSpan.FromMinutes(15);

    private const int LongestExcerpt = 300;

    /// <summary>A client for the real thing.</summary>
    public static RuntimeApiClient For(Uri root, TimeProvider clock) => new(
        new HttpMessageInvoker(new SocketsHttpHandler
        {
            // A proxy in the function's environment is meant for the internet, never for the sandbox's own API.
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        }),
        root,
        clock);

    public async Task<NextInvocation> NextAsync(CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, "invocation/next"));
            using var response = await http.SendAsync(request, stop);
            if (response.StatusCode != HttpStatusCode.OK)
                return new NextInvocation.Ended($"The Runtime API has no work for this process: {await DescribeAsync(response, stop)}");

            var payload = await response.Content.ReadAsByteArrayAsync(stop);
            return Header(response, "Lambda-Runtime-Aws-Request-Id") is { Length: > 0 } requestId
                ? new NextInvocation.Received(
                    new Invocation(requestId, DeadlineOf(response), Header(response, "Lambda-Runtime-Trace-Id")), payload)
                : new NextInvocation.Ended("An invocation came without Lambda-Runtime-Aws-Request-Id: it can't be answered.");
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return new NextInvocation.Ended($"The Runtime API at {root.Authority} can't be reached: {exception.Message}");
        }
    }

    public Task<Receipt> AnswerAsync(string requestId, ReadOnlyMemory<byte> json, CancellationToken stop)
    {
        // Not even sent: a server that stops reading half-way looks like a broken connection, not like an answer that is too large.
        if (json.Length > LargestAnswer)
            return Task.FromResult<Receipt>(new Receipt.TooLarge($"{json.Length} bytes, Lambda takes {LargestAnswer}."));
        return PostAsync(InvocationPath(requestId, "response"), json, "application/json", null, stop);
    }

    public Task<Receipt> FailAsync(string requestId, InvocationOutcome.Failed failure, CancellationToken stop) =>
        PostAsync(InvocationPath(requestId, "error"), ErrorDocument.Body(failure), ErrorDocument.ContentType, failure.ErrorType, stop);

    public Task<Receipt> FailInitializationAsync(InvocationOutcome.Failed failure, CancellationToken stop) =>
        PostAsync("init/error", ErrorDocument.Body(failure), ErrorDocument.ContentType, failure.ErrorType, stop);

    private static string InvocationPath(string requestId, string verb) => $"invocation/{Uri.EscapeDataString(requestId)}/{verb}";

    private async Task<Receipt> PostAsync(
        string path, ReadOnlyMemory<byte> body, string contentType, string? errorType, CancellationToken stop)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root, path)) { Content = content };
            if (errorType is not null)
                request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", ErrorDocument.HeaderValue(errorType));
            using var response = await http.SendAsync(request, stop);
            return response.StatusCode switch
            {
                HttpStatusCode.Accepted => new Receipt.Accepted(),
                HttpStatusCode.RequestEntityTooLarge => new Receipt.TooLarge(await DescribeAsync(response, stop)),
                HttpStatusCode.BadRequest => new Receipt.NotCurrent(await DescribeAsync(response, stop)),
                _ => new Receipt.Ended($"The Runtime API refused {path}: {await DescribeAsync(response, stop)}"),
            };
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return new Receipt.Ended($"The Runtime API at {root.Authority} can't be reached for {path}: {exception.Message}");
        }
    }

    private DateTimeOffset DeadlineOf(HttpResponseMessage response) =>
        long.TryParse(Header(response, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : clock.GetUtcNow() + LongestInvocation;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First().Trim() : null;

    private static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException;

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var text = (await response.Content.ReadAsStringAsync(stop)).Trim();
        return $"HTTP {(int)response.StatusCode} {(text.Length > LongestExcerpt ? text[..LongestExcerpt] : text)}".TrimEnd();
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Model;

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

    // Lambda's are UUIDs.
    private const int LongestRequestId = 256;

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
            return RequestIdOf(response) is { } requestId
                ? new NextInvocation.Received(
                    new Invocation(
                        requestId, DeadlineOf(response), Header(response, "Lambda-Runtime-Trace-Id"),
                        Header(response, "Lambda-Runtime-Invoked-Function-Arn")), payload)
                : new NextInvocation.Ended(
                    "An invocation came without one Lambda-Runtime-Aws-Request-Id to answer it under: it can't be answered.");
        }
        catch (Exception exception) when (IsBroken(exception, stop))
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
        catch (Exception exception) when (IsBroken(exception, stop))
        {
            return new Receipt.Ended($"The Runtime API at {root.Authority} can't be reached for {path}: {exception.Message}");
        }
    }

    /// <summary>
    /// The request's id, where there is exactly one, of characters that a path carries as they are or escaped. A dot or two, escaped or
    /// not, would be taken for a step in the path, and the answer would go elsewhere.
    /// </summary>
    private static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Lambda-Runtime-Aws-Request-Id", out var values) && values.ToList() is [var only]
            && only.Trim() is { Length: > 0 and <= LongestRequestId } id && id is not ("." or "..") && id.All(c => c is >= '!' and <= '~')
            ? id
            : null;

    private DateTimeOffset DeadlineOf(HttpResponseMessage response) =>
        long.TryParse(Header(response, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : clock.GetUtcNow() + LongestInvocation;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First().Trim() : null;

    // A cancellation that nobody asked for is a connection given up beneath.
    private static bool IsBroken(Exception exception, CancellationToken stop) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !stop.IsCancellationRequested);

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken stop)
    {
        // Not as a string: that rests on the character set in the header, and throws where there is none of that name.
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(stop)).Trim();
        return $"HTTP {(int)response.StatusCode} {Words.Shorten(text, LongestExcerpt)}".TrimEnd();
    }
}

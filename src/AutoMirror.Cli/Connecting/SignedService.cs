using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml;
using Amazon.Runtime;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Connecting;

/// <summary>A service that the tool asks a few questions by signed requests: the SDK has a package for each, which these are not
/// worth.</summary>
/// <param name="Name">The service's name in signatures.</param>
/// <param name="Region">The Region in signatures.</param>
internal sealed record SignedService(
    HttpClient Http, Uri Endpoint, string Name, string Region, AWSCredentials Credentials, TimeProvider Time)
{
    /// <summary>A client that says which build calls, and follows no redirect: the next host would get the session's token.</summary>
    /// <param name="longest">How long a call may take.</param>
    public static HttpClient NewClient(TimeSpan longest)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = longest };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Build.Own.UserAgent);
        return http;
    }

    /// <summary>A service of a connection.</summary>
    /// <param name="variable">What the SDKs' variable for its endpoint ends in, such as <c>CLOUDWATCH</c>.</param>
    /// <param name="usual">The endpoint where no variable names another.</param>
    /// <exception cref="CommandException">The endpoint that a variable names is no URL.</exception>
    public static SignedService Of(Connection connection, HttpClient http, string variable, string usual, string name, string region)
    {
        var given = connection.Variable($"{Variables.EndpointUrl}_{variable}") ?? connection.Variable(Variables.EndpointUrl);
        var endpoint = given is null ? new Uri(usual)
            : Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw new CommandException($"the endpoint of {variable} is '{given}'; allowed: an http or https URL");
        return new(http, endpoint, name, region, connection.Credentials, TimeProvider.System);
    }

    /// <summary>Asks.</summary>
    /// <param name="action">What is asked, for messages.</param>
    /// <param name="body">The question, in UTF-8.</param>
    /// <param name="target">The header <c>X-Amz-Target</c> of JSON protocols; null for others.</param>
    /// <param name="read">Reads a response's text, of a success or not; what it can't read counts as no answer.</param>
    public async Task<Answer<T>> AskAsync<T>(
        string action, string body, string contentType, string? target, Func<HttpResponseMessage, string, Answer<T>> read,
        CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (target is not null)
            request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        try
        {
            var own = await Credentials.GetCredentialsAsync();
            SignatureV4.Sign(request, bytes, own, Region, Name, Time.GetUtcNow());
            using var response = await Http.SendAsync(request, cancellationToken);
            return read(response, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception problem) when (problem is HttpRequestException or XmlException or JsonException or AmazonClientException)
        {
            return NoAnswer<T>($"{action} got no answer from {Endpoint.Host}: {problem.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer<T>($"{action} got no answer from {Endpoint.Host} in {Http.Timeout.TotalSeconds:0} s");
        }
    }

    private static Answer<T>.Refused NoAnswer<T>(string message) => new(new Refusal(RefusalKind.Transient, "NoAnswer", message));
}

using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Connecting;

/// <summary>HTTP for signed requests to services whose SDK package the tool does without.</summary>
internal static class SignedHttp
{
    /// <summary>A client that says which build calls, and follows no redirect: the next host would get the session's token.</summary>
    /// <param name="longest">How long a call may take.</param>
    public static HttpClient NewClient(TimeSpan longest)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = longest };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Build.Own.UserAgent);
        return http;
    }
}

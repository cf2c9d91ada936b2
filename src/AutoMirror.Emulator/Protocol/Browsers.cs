using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// Requests that a page in a browser makes. The emulator asks for no real credentials and runs what is uploaded, so a page that somebody
/// happens to look at must not be able to reach it. Browsers say the page's origin in every request that could change anything, and name
/// the host that the page was loaded from, even where somebody has made that name lead to this machine.
/// </summary>
internal static class Browsers
{
    private static readonly string[] OwnHosts = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Why a request is not answered; null for one that is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isForPage">Whether it is for the emulator's own pages, which may speak to it.</param>
    public static WireReply? Refuse(HttpRequest request, bool isForPage)
    {
        if (!OwnHosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return Refusal($"The emulator answers only at {string.Join(", ", OwnHosts)}, and not as '{request.Host}'.");
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !(isForPage && origin == $"http://{request.Host}"))
            return Refusal("The emulator does not answer pages in a browser (the request has the header Origin).");
        return null;
    }

    private static WireReply Refusal(string why) => WireReply.Text(StatusCodes.Status403Forbidden, "text/plain", $"{why}\n");
}

using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// Requests that a page in a browser makes. The emulator asks for no real credentials and runs what is uploaded, so a page that somebody
/// happens to look at must not be able to reach it. Browsers say the page's origin in every request that could change anything.
/// </summary>
internal static class Browsers
{
    public static WireReply Refusal { get; } = WireReply.Text(
        StatusCodes.Status403Forbidden, "text/plain",
            "The emulator does not answer pages in a browser (the request has the header Origin).\n");

    public static bool IsOne(HttpRequest request) => request.Headers.ContainsKey("Origin");
}

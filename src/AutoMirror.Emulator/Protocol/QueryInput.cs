using System.Net;
using System.Text;

namespace AutoMirror.Emulator.Protocol;

/// <summary>The parameters of Query requests, which come in the URL or as a form in the body.</summary>
internal static class QueryInput
{
    /// <summary>All parameters but those of a signed URL.</summary>
    public static Dictionary<string, string> Flatten(WireRequest request)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query)
        {
            if (!name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
                flat[name] = value;
        }

        foreach (var pair in Encoding.UTF8.GetString(request.Body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=');
            flat[WebUtility.UrlDecode(at < 0 ? pair : pair[..at])] = at < 0 ? "" : WebUtility.UrlDecode(pair[(at + 1)..]);
        }

        return flat;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace AutoMirror.Cli.Connecting;

/// <summary>
/// AWS Signature Version 4 in the header of a POST request (IAM User Guide, "Create a signed AWS API request"): for the one service that
/// the tool asks without the SDK's package.
/// </summary>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Signs a request: adds its time, its session's token, and its signature.</summary>
    /// <param name="request">A POST without a query. All headers that it has are signed; later ones are not.</param>
    /// <param name="body">Its body.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="region">The Region, such as <c>eu-west-1</c>.</param>
    /// <param name="service">The service's name in signatures, such as <c>monitoring</c>.</param>
    /// <param name="at">Now. AWS refuses what is more than some minutes off.</param>
    public static void Sign(
        HttpRequestMessage request, ReadOnlySpan<byte> body, ImmutableCredentials credentials, string region, string service,
        DateTimeOffset at)
    {
        var time = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        if (credentials.Token is { Length: > 0 } token)
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", token);

        var headers = HeadersOf(request);
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n',
        [
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            "",
            .. headers.Select(header => $"{header.Name}:{header.Value}"),
            "",
            names,
            Hex(SHA256.HashData(body)),
        ]);
        var toSign = string.Join('\n', [Algorithm, time, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))]);
        var key = Mac(Mac(Mac(Mac(
            Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey), time[..8]), region), service), "aws4_request");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={Hex(Mac(key, toSign))}");
    }

    private static List<(string Name, string Value)> HeadersOf(HttpRequestMessage request)
    {
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> given = request.Headers;
        if (request.Content is { } content)
            given = given.Concat(content.Headers.Where(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)));
        return
        [
            .. given.Select(header => (header.Key.ToLowerInvariant(), string.Join(',', header.Value).Trim()))
                .Append(("host", request.RequestUri!.Authority)).OrderBy(header => header.Item1, StringComparer.Ordinal),
        ];
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

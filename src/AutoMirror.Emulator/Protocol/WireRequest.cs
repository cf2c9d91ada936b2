namespace AutoMirror.Emulator.Protocol;

/// <summary>A request as HTTP brought it, with the whole body, decompressed.</summary>
internal sealed record WireRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, Func<string, string?> Header, byte[] Body)
{
    /// <summary>
    /// The key id and service of SigV4's credential scope, <c>Credential=KEY/DATE/REGION/SERVICE/aws4_request</c>; null when unsigned.
    /// </summary>
    public (string? AccessKeyId, string? Service) Credential
    {
        get
        {
            var text = Header("Authorization") is { } header && header.IndexOf("Credential=", StringComparison.Ordinal) is var at and >= 0
                ? header[(at + "Credential=".Length)..].Split([',', ' '], 2)[0]
                : Query.GetValueOrDefault("X-Amz-Credential");
            return text?.Split('/') is [var key, _, _, var service, ..] ? (key, service) : (null, null);
        }
    }
}

namespace AutoMirror.Emulator.Protocol;

/// <summary>A request as HTTP brought it, its body whole and unpacked.</summary>
internal sealed record WireRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, Func<string, string?> Header, byte[] Body)
{
    /// <summary>The key id and service of SigV4's credential scope: <c>Credential=KEY/DATE/REGION/SERVICE/aws4_request</c>.</summary>
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

/// <summary>An answer for HTTP to carry.</summary>
internal sealed record WireReply(int Status, string ContentType, byte[] Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>A request once it is known what it asks of which service.</summary>
internal sealed record ServiceCall(
    string Service, string Action, string RequestId, string? AccessKeyId, IReadOnlyDictionary<string, string> Parameters,
        Func<WireReply> Work, Func<AwsException, WireReply> Fail);

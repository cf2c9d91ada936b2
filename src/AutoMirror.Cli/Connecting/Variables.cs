namespace AutoMirror.Cli.Connecting;

/// <summary>The environment as the function would see it, with what was typed on the command line in front of it.</summary>
/// <param name="typed">What was typed, by the variable's name; null for what was not.</param>
/// <param name="profile">The profile that was typed.</param>
internal sealed class Variables(IReadOnlyDictionary<string, string?> typed, string? profile)
{
    public const string Region = "AWS_REGION", Deployment = "AUTOMIRROR_DEPLOYMENT", Prefix = "AUTOMIRROR_PREFIX";
    public const string EndpointUrl = "AWS_ENDPOINT_URL";

    // Every service that the tool calls (AWS SDKs reference guide, "Service-specific endpoints").
    private static readonly string[] EndpointUrls =
    [
        EndpointUrl,
        .. ((string[])["EC2", "SSM", "SQS", "STS", "CLOUDWATCH", "IAM", "ELASTIC_LOAD_BALANCING_V2"])
            .Select(each => $"{EndpointUrl}_{each}"),
    ];

    private readonly Dictionary<string, string> _fallbacks = [];

    /// <summary>The profile that was typed: it wins over keys in the environment, as in the aws CLI.</summary>
    public string? TypedProfile { get; } = profile;

    /// <summary>A variable's value; null where it is not set, or empty.</summary>
    public string? this[string name] =>
        (typed.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name)) is { Length: > 0 } value
            ? value
            : _fallbacks.GetValueOrDefault(name);

    /// <summary>Types one endpoint for all services.</summary>
    public static void TypeEndpoint(Dictionary<string, string?> typed, string url)
    {
        foreach (var variable in EndpointUrls)
            typed[variable] = url;
    }

    /// <summary>Sets what holds where neither the command line nor the environment says anything.</summary>
    public void Fall(string name, string? value)
    {
        if (value is { Length: > 0 })
            _fallbacks[name] = value;
    }
}

using System.Globalization;

namespace AutoMirror.Lambda;

/// <summary>What Lambda tells every process it starts, read once from the environment.</summary>
/// <param name="RuntimeApi">The root of the Runtime API, or null when nothing usable names one, so that Lambda did not start this.</param>
/// <param name="IsSnapStart">Whether Lambda means to snapshot this process and to restore it later.</param>
/// <param name="MemoryMegabytes">The memory that the function was given; null leaves the heap as the runtime sets it up.</param>
internal sealed record HostSettings(Uri? RuntimeApi, bool IsSnapStart, int? MemoryMegabytes)
{
    /// <summary>For whoever starts the program by hand: what it is and what to run instead.</summary>
    public const string NotStartedByLambda =
        "This program is started by AWS Lambda, which names its Runtime API in AWS_LAMBDA_RUNTIME_API (host:port); that variable is "
        + "missing here or is no address. To try it locally run: automirror demo";

    public static HostSettings Read(Func<string, string?> environment) => new(
        RuntimeApiAt(environment("AWS_LAMBDA_RUNTIME_API")),
        environment("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start",
        // The opt-out has the name that AWS's own .NET runtime client gave it.
        string.Equals(environment("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK"), "true", StringComparison.OrdinalIgnoreCase)
            ? null
            : Megabytes(environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")));

    private static Uri? RuntimeApiAt(string? address) =>
        !string.IsNullOrWhiteSpace(address)
        && Uri.TryCreate($"http://{address}/2018-06-01/runtime/", UriKind.Absolute, out var root)
            ? root
            : null;

    private static int? Megabytes(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes > 0 ? megabytes : null;
}

using AutoMirror.Core.Model;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>What the environment says. Wrong values are errors, not defaults.</summary>
/// <param name="Deployment">Whose sessions this function looks after; <c>AUTOMIRROR_DEPLOYMENT</c>.</param>
/// <param name="Prefix">Where in Parameter Store its configuration is; <c>AUTOMIRROR_PREFIX</c>.</param>
/// <param name="Region">The AWS Region; <c>AWS_REGION</c>.</param>
/// <param name="Ec2Endpoint">EC2 elsewhere than at AWS; <c>AWS_ENDPOINT_URL_EC2</c>, else <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="SsmEndpoint">SSM elsewhere than at AWS; <c>AWS_ENDPOINT_URL_SSM</c>, else <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="SqsEndpoint">SQS elsewhere than at AWS; <c>AWS_ENDPOINT_URL_SQS</c>, else <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="LogLevel">The least level that is logged; <c>AWS_LAMBDA_LOG_LEVEL</c>.</param>
internal sealed record Settings(Deployment Deployment, string Prefix, string Region, Uri? Ec2Endpoint, Uri? SsmEndpoint, Uri? SqsEndpoint, LogLevel LogLevel)
{
    /// <summary>The queue that the function's events come through, by which it hands on what it can't finish; <c>AUTOMIRROR_QUEUE_URL</c>.</summary>
    public Uri? Queue { get; init; }

    /// <summary>The function's role, by which it knows its own calls in CloudTrail; <c>AUTOMIRROR_ROLE_NAME</c>.</summary>
    public string? RoleName { get; init; }

    /// <summary>The function's name, which is the name of its role's sessions; Lambda's <c>AWS_LAMBDA_FUNCTION_NAME</c>.</summary>
    public string? FunctionName { get; init; }

    /// <summary>Reads them; what is wrong goes to <paramref name="errors"/>, in words.</summary>
    public static Settings Read(Func<string, string?> variable, ICollection<string> errors)
    {
        string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;

        var deployment = Given("AUTOMIRROR_DEPLOYMENT") is { } name ? Deployment.TryParse(name) : Deployment.Default;
        if (deployment is null)
            errors.Add($"AUTOMIRROR_DEPLOYMENT is '{Given("AUTOMIRROR_DEPLOYMENT")}'; allowed: {Deployment.Allowed}");

        var prefix = Given("AUTOMIRROR_PREFIX")?.TrimEnd('/') ?? "/automirror";
        if (prefix is not ['/', _, ..])
            errors.Add($"AUTOMIRROR_PREFIX is '{Given("AUTOMIRROR_PREFIX")}'; allowed: the path of parameters in Parameter Store, such as /automirror");

        var region = Given("AWS_REGION") ?? Given("AWS_DEFAULT_REGION");
        if (region is null)
            errors.Add("AWS_REGION is not set; allowed: the Region to look after, such as eu-west-1");

        Uri? Endpoint(string service)
        {
            var given = Given($"AWS_ENDPOINT_URL_{service}") ?? Given("AWS_ENDPOINT_URL");
            if (given is null)
                return null;
            if (Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                return url;
            errors.Add($"the endpoint of {service} is '{given}'; allowed: an http or https URL");
            return null;
        }

        var level = Given("AWS_LAMBDA_LOG_LEVEL") is { } word ? LogLevels.TryParse(word) : LogLevel.Information;
        if (level is null)
            errors.Add($"AWS_LAMBDA_LOG_LEVEL is '{Given("AWS_LAMBDA_LOG_LEVEL")}'; allowed: TRACE, DEBUG, INFO, WARN, ERROR or FATAL");
        Uri? queue = null;
        if (Given("AUTOMIRROR_QUEUE_URL") is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out queue) && queue.Scheme is "http" or "https"))
            errors.Add($"AUTOMIRROR_QUEUE_URL is '{address}'; allowed: the URL of an SQS queue, or no such variable");

        return new Settings(deployment ?? Deployment.Default, prefix, region ?? "us-east-1", Endpoint("EC2"), Endpoint("SSM"), Endpoint("SQS"), level ?? LogLevel.Information)
        {
            Queue = queue,
            RoleName = Given("AUTOMIRROR_ROLE_NAME"),
            FunctionName = Given("AWS_LAMBDA_FUNCTION_NAME"),
        };
    }
}

using AutoMirror.Core.Model;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>What the environment says. Wrong values are errors, not defaults.</summary>
internal sealed record Settings
{
    /// <summary>What Core has to know: <c>AUTOMIRROR_DEPLOYMENT</c>, <c>AUTOMIRROR_PREFIX</c>,
    /// <c>AWS_REGION</c>, and Lambda's names of role and function.</summary>
    public DeploymentSettings ForDeployment { get; init; } = new();

    /// <summary>EC2 elsewhere than at AWS; <c>AWS_ENDPOINT_URL_EC2</c>, else <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri? Ec2Endpoint { get; init; }

    /// <summary>SSM elsewhere than at AWS; <c>AWS_ENDPOINT_URL_SSM</c>, else <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri? SsmEndpoint { get; init; }

    /// <summary>SQS elsewhere than at AWS; <c>AWS_ENDPOINT_URL_SQS</c>, else <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri? SqsEndpoint { get; init; }

    /// <summary>Whether an endpoint's variable is there, but empty or wrong: the SDK, which reads them by itself, would throw.</summary>
    public bool IgnoresConfiguredEndpoints { get; init; }

    /// <summary>The least level that is logged; <c>AWS_LAMBDA_LOG_LEVEL</c>.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The queue that the function's events come through, by which it hands on
    /// what it can't finish; <c>AUTOMIRROR_QUEUE_URL</c>.</summary>
    public Uri? Queue { get; init; }

    /// <summary>Reads them; what is wrong goes to <paramref name="errors"/>, in words.</summary>
    public static Settings Read(Func<string, string?> variable, ICollection<string> errors)
    {
        string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;

        var deployment = Given("AUTOMIRROR_DEPLOYMENT") is { } name ? Deployment.TryParse(name) : Deployment.Default;
        if (deployment is null)
            errors.Add($"AUTOMIRROR_DEPLOYMENT is '{Given("AUTOMIRROR_DEPLOYMENT")}'; allowed: {Deployment.Allowed}");

        var prefix = Given("AUTOMIRROR_PREFIX")?.TrimEnd('/') ?? "/automirror";
        if (prefix is not ['/', _, ..])
        {
            errors.Add($"AUTOMIRROR_PREFIX is '{Given("AUTOMIRROR_PREFIX")}'; allowed: the path of parameters in Parameter Store, such as "
                + "/automirror");
        }

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

        var (ec2, ssm, sqs) = (Endpoint("EC2"), Endpoint("SSM"), Endpoint("SQS"));
        bool IsThere(string name) => variable($"AWS_ENDPOINT_URL{name}") is not null;

        bool Flag(string name)
        {
            var value = Given(name);
            if (!bool.TryParse(value, out var flag) && value is not null)
                errors.Add($"{name} is '{value}'; allowed: true or false");
            return flag;
        }

        var level = Given("AWS_LAMBDA_LOG_LEVEL") is { } word ? LogLevels.TryParse(word) : LogLevel.Information;
        if (level is null)
            errors.Add($"AWS_LAMBDA_LOG_LEVEL is '{Given("AWS_LAMBDA_LOG_LEVEL")}'; allowed: TRACE, DEBUG, INFO, WARN, ERROR or FATAL");
        Uri? queue = null;
        if (Given("AUTOMIRROR_QUEUE_URL") is { } address
            && !(Uri.TryCreate(address, UriKind.Absolute, out queue) && queue.Scheme is "http" or "https"))
        {
            errors.Add($"AUTOMIRROR_QUEUE_URL is '{address}'; allowed: the URL of an SQS queue, or no such variable");
        }

        return new Settings
        {
            ForDeployment = new()
            {
                Deployment = deployment ?? Deployment.Default,
                Prefix = prefix,
                Region = region ?? "us-east-1",
                RoleName = Given("AUTOMIRROR_ROLE_NAME"),
                FunctionName = Given("AWS_LAMBDA_FUNCTION_NAME"),
                AllowDeletes = Flag("AUTOMIRROR_ALLOW_DELETES"),
            },
            Ec2Endpoint = ec2,
            SsmEndpoint = ssm,
            SqsEndpoint = sqs,
            IgnoresConfiguredEndpoints = (ec2 is null && (IsThere("") || IsThere("_EC2")))
                || (ssm is null && (IsThere("") || IsThere("_SSM"))) || (sqs is null && (IsThere("") || IsThere("_SQS"))),
            LogLevel = level ?? LogLevel.Information,
            Queue = queue,
        };
    }
}

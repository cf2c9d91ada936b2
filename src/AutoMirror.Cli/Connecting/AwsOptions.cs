using System.CommandLine;

namespace AutoMirror.Cli.Connecting;

/// <summary>The options of every verb that talks to AWS: the aws CLI's own, and those that name a deployment.</summary>
internal sealed class AwsOptions
{
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "A profile of ~/.aws/config: keys, SSO, an assumed role or a credential process. Else AWS_PROFILE.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _region = new("--region")
    {
        Description = "The Region. Else AWS_REGION, AWS_DEFAULT_REGION, or the profile's.",
        HelpName = "REGION",
    };

    private readonly Option<string?> _endpointUrl = new("--endpoint-url")
    {
        Description = "Another AWS than Amazon's, such as the emulator. Else AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>.",
        HelpName = "URL",
    };

    private readonly Option<string?> _deployment = new("--deployment")
    {
        Description = "Whose sessions these are. Else AUTOMIRROR_DEPLOYMENT, else automirror.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "The path of the configuration in Parameter Store. Else AUTOMIRROR_PREFIX, else /automirror.",
        HelpName = "PATH",
    };

    public AwsOptions()
    {
        _deployment.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && Core.Model.Deployment.TryParse(name) is null)
                result.AddError($"--deployment takes {Core.Model.Deployment.Allowed}.");
        });
        _prefix.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && path is not ['/', _, ..])
                result.AddError("--prefix takes the path of parameters in Parameter Store, such as /automirror.");
        });
        _endpointUrl.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } url && !IsUrl(url))
                result.AddError("--endpoint-url takes an http or https URL, such as http://127.0.0.1:4566.");
        });
    }

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[_profile, _region, _endpointUrl, _deployment, _prefix])
            verb.Add(option);
    }

    /// <summary>What was typed and what the environment says, as one.</summary>
    public Variables Read(ParseResult parsed)
    {
        var typed = new Dictionary<string, string?>
        {
            [Variables.Region] = parsed.GetValue(_region),
            [Variables.Deployment] = parsed.GetValue(_deployment),
            [Variables.Prefix] = parsed.GetValue(_prefix),
        };
        if (parsed.GetValue(_endpointUrl) is { } url)
            Variables.TypeEndpoint(typed, url);

        return new Variables(typed, parsed.GetValue(_profile));
    }

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
}

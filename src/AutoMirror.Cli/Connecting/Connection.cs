using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Aws.Hosting;
using AutoMirror.Aws.SdkRepairs;

namespace AutoMirror.Cli.Connecting;

/// <summary>An account in AWS, with a person's credentials: whatever the aws CLI takes.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Variables _variables;
    private readonly AWSCredentials _credentials;
    private string? _account;

    private Connection(Settings settings, Variables variables, AWSCredentials credentials)
    {
        (Settings, _variables, _credentials) = (settings, variables, credentials);
        Ec2 = Clients.Ec2(settings, credentials);
        Ssm = Clients.Ssm(settings, credentials);
    }

    /// <summary>Region, deployment, prefix and endpoints. What a person asks for is permitted: the credentials are the limit.</summary>
    public Settings Settings { get; }

    public AmazonEC2Client Ec2 { get; }

    public AmazonSimpleSystemsManagementClient Ssm { get; }

    /// <summary>Connects, and sees to it that there are credentials.</summary>
    /// <exception cref="CommandException">There is no Region, or there are no credentials; the message says what to do.</exception>
    public static async Task<Connection> OpenAsync(Variables variables, CancellationToken cancellationToken)
    {
        var profiles = new Profiles(variables);
        var profile = profiles.Find();
        variables.Fall(Variables.Region, variables["AWS_DEFAULT_REGION"] ?? profile?.Region?.SystemName);
        variables.Fall(Variables.EndpointUrl, profile?.EndpointUrl);
        if (variables[Variables.Region] is null)
        {
            throw new CommandException(
                "AWS_REGION is not set, and the profile has no region: give --region, such as --region eu-west-1, or run aws configure");
        }

        var errors = new List<string>();
        var settings = Settings.Read(name => variables[name], errors);
        if (errors.Count > 0)
            throw new CommandException(string.Join("; ", errors));
        settings = settings with { ForDeployment = settings.ForDeployment with { AllowDeletes = true } };
        InstanceTypeSeed.Plant();
        return new Connection(settings, variables, await CredentialsAsync(variables, profiles, profile, cancellationToken));
    }

    public AWSCredentials Credentials => _credentials;

    /// <summary>A variable of the environment, or what was typed instead; null where it is not set.</summary>
    public string? Variable(string name) => _variables[name];

    /// <summary>A function that runs here, with these credentials.</summary>
    public MirrorFunction Function(Stream log) => new(
        Settings, [], Clients.Ec2(Settings, _credentials), Clients.Ssm(Settings, _credentials),
        Settings.Queue is null ? null : Clients.Sqs(Settings, _credentials), log, TimeProvider.System, Random.Shared.NextDouble);

    /// <summary>The account that the credentials belong to, twelve digits; STS is asked once.</summary>
    public async Task<string> AccountAsync(CancellationToken cancellationToken)
    {
        if (_account is not null)
            return _account;
        var endpoint = _variables[$"{Variables.EndpointUrl}_STS"] ?? _variables[Variables.EndpointUrl];
        var config = Clients.Configure(new AmazonSecurityTokenServiceConfig(), Settings, endpoint is null ? null : new Uri(endpoint));
        using var sts = new AmazonSecurityTokenServiceClient(_credentials, config);
        try
        {
            return _account = (await sts.GetCallerIdentityAsync(new(), cancellationToken)).Account;
        }
        catch (Exception problem) when (problem is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new CommandException(
                $"STS does not say whose credentials these are: {Profiles.OneLine(problem)}. Try: aws sts get-caller-identity");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ec2.Dispose();
        Ssm.Dispose();
    }

    // The aws CLI's order: a profile that was typed, keys in the environment, the profile, then what the machine has.
    private static async Task<AWSCredentials> CredentialsAsync(
        Variables variables, Profiles profiles, CredentialProfile? profile, CancellationToken cancellationToken)
    {
        if (variables.TypedProfile is null && OfEnvironment(variables) is { } keys)
            return keys;
        var usesProfile = profile is not null && (variables.TypedProfile is not null || profile.CanCreateAWSCredentials);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var credentials = usesProfile ? profiles.CredentialsOf(profile!) : DefaultAWSCredentialsIdentityResolver.GetCredentials();

            // Now, so that an expired login or a role that can't be assumed is one line and no exception in the midst of the work.
            await credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
            return credentials;
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or CommandException or OutOfMemoryException))
        {
            throw new CommandException(usesProfile
                ? Profiles.WhatToDo(profile!, problem)
                : "there are no AWS credentials: log in with aws sso login or aws configure and give --profile, or set "
                    + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
    }

    private static AWSCredentials? OfEnvironment(Variables variables) =>
        (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"], variables["AWS_SESSION_TOKEN"]) switch
        {
            ({ } id, { } secret, { } token) => new SessionAWSCredentials(id, secret, token),
            ({ } id, { } secret, _) => new BasicAWSCredentials(id, secret),
            _ => null,
        };
}

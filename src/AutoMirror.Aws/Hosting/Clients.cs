using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SimpleSystemsManagement;

namespace AutoMirror.Aws.Hosting;

/// <summary>Makes the SDK's clients: its retries off (the calls have their own), one attempt limited in time.</summary>
internal static class Clients
{
    // EC2 answers a large describe within a few seconds; what takes longer is a connection that died.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(15);

    public static AmazonEC2Client Ec2(Settings settings, AWSCredentials credentials) => new(credentials, Configure(new AmazonEC2Config(), settings, settings.Ec2Endpoint));

    public static AmazonSimpleSystemsManagementClient Ssm(Settings settings, AWSCredentials credentials) =>
        new(credentials, Configure(new AmazonSimpleSystemsManagementConfig(), settings, settings.SsmEndpoint));

    /// <summary>What Lambda put into the environment, else what the SDK's own chain finds; that there are none goes to <paramref name="errors"/>.</summary>
    /// <remarks>The environment is read here, since the chain's probing costs up to 12 ms at start.</remarks>
    public static AWSCredentials Credentials(Func<string, string?> variable, ICollection<string> errors)
    {
        switch (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN"))
        {
            case ({ Length: > 0 } id, { Length: > 0 } secret, { Length: > 0 } token):
                return new SessionAWSCredentials(id, secret, token);
            case ({ Length: > 0 } id, { Length: > 0 } secret, _):
                return new BasicAWSCredentials(id, secret);
        }

        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException)
        {
            errors.Add("there are no AWS credentials; allowed: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE with a profile that exists, or a role of the machine");
            return new AnonymousAWSCredentials();
        }
    }

    private static T Configure<T>(T config, Settings settings, Uri? endpoint)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = settings.Region;
        }

        config.MaxErrorRetry = 0;
        config.Timeout = AttemptLimit;
        return config;
    }
}

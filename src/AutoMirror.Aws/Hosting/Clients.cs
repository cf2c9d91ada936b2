using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;

namespace AutoMirror.Aws.Hosting;

/// <summary>Makes the SDK's clients: its retries off (the calls have their own), one attempt limited in time.</summary>
internal static class Clients
{
    // EC2 answers a large describe within a few seconds; what takes longer is a connection that died.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(15);

    public static AmazonEC2Client Ec2(Settings settings, AWSCredentials? credentials) =>
        credentials is null ? new(Configure(new AmazonEC2Config(), settings, settings.Ec2Endpoint)) : new(credentials, Configure(new AmazonEC2Config(), settings, settings.Ec2Endpoint));

    public static AmazonSimpleSystemsManagementClient Ssm(Settings settings, AWSCredentials? credentials) =>
        credentials is null
            ? new(Configure(new AmazonSimpleSystemsManagementConfig(), settings, settings.SsmEndpoint))
            : new(credentials, Configure(new AmazonSimpleSystemsManagementConfig(), settings, settings.SsmEndpoint));

    /// <summary>What Lambda put into the environment; null when there is nothing, and the SDK's own chain has to find them.</summary>
    /// <remarks>Read here, since the chain's probing costs up to 12 ms at start.</remarks>
    public static AWSCredentials? Credentials(Func<string, string?> variable) =>
        (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN")) switch
        {
            ({ Length: > 0 } id, { Length: > 0 } secret, { Length: > 0 } token) => new SessionAWSCredentials(id, secret, token),
            ({ Length: > 0 } id, { Length: > 0 } secret, _) => new BasicAWSCredentials(id, secret),
            _ => null,
        };

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

using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using AutoMirror.Aws.SdkRepairs;
using AutoMirror.Core.Model;

namespace AutoMirror.Aws.Hosting;

/// <summary>Makes the SDK's clients: its retries off (the calls have their own), one attempt limited in time.</summary>
internal static class Clients
{
    // EC2 answers a large describe within a few seconds; what takes longer is a connection that died.
    private static readonly TimeSpan AttemptLimit = AwsCaller.AttemptLimit;

    public static AmazonEC2Client Ec2(Settings settings, AWSCredentials credentials)
    {
        var client = new AmazonEC2Client(credentials, Configure(new AmazonEC2Config(), settings, settings.Ec2Endpoint));
        client.AfterResponseEvent += RefuseWhatIsNotFromEc2;
        return client;
    }

    public static AmazonSimpleSystemsManagementClient Ssm(Settings settings, AWSCredentials credentials) =>
        new ParameterStoreClient(credentials, Configure(new AmazonSimpleSystemsManagementConfig(), settings, settings.SsmEndpoint));

    public static AmazonSQSClient Sqs(Settings settings, AWSCredentials credentials) =>
        new(credentials, Configure(new AmazonSQSConfig(), settings, settings.SqsEndpoint));

    /// <summary>What Lambda put into the environment, else what the SDK's own chain finds;
    /// that there are none goes to <paramref name="errors"/>.</summary>
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
            errors.Add(
                "there are no AWS credentials; allowed: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE with a profile that "
                    + "exists, or a role of the machine");
            return new AnonymousAWSCredentials();
        }
    }

    // The SDK takes any well-formed XML, such as a proxy's page, for an answer in which nothing is listed. Every answer of EC2's carries
    // the request's id (EC2 API reference, "Making requests").
    private static void RefuseWhatIsNotFromEc2(object sender, ResponseEventArgs args)
    {
        if (args is WebServiceResponseEventArgs { Response: { ResponseMetadata: not { RequestId.Length: > 0 } } response })
        {
            throw new AmazonUnmarshallingException(
                "The answer is not EC2's: it carries no request id.", lastKnownLocation: "", innerException: null, response.HttpStatusCode);
        }
    }

    /// <summary>Sets a client up: the Region, the endpoint where it is none of AWS's, one attempt limited in time, and who calls.</summary>
    internal static T Configure<T>(T config, Settings settings, Uri? endpoint)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.ForDeployment.Region);
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = settings.ForDeployment.Region;
        }

        config.ClientAppId = Build.Own.UserAgent;
        config.IgnoreConfiguredEndpointUrls = settings.IgnoresConfiguredEndpoints;
        config.MaxErrorRetry = 0;
        config.Timeout = AttemptLimit;
        config.HttpClientFactory = new AnswerTransport(AttemptLimit, TimeProvider.System);
        return config;
    }
}

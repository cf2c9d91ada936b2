using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>Real clients for an emulator: the SDK's, and the environment that points other tools at it.</summary>
internal static class Client
{
    public const string AccessKeyId = "AKIAEXAMPLE000000001";

    private static readonly BasicAWSCredentials Credentials = new(AccessKeyId, "secret");

    public static AmazonEC2Client Ec2(EmulatorServer server) =>
        new(Credentials, new AmazonEC2Config { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    public static AmazonSimpleSystemsManagementClient Ssm(EmulatorServer server) =>
        new(Credentials, new AmazonSimpleSystemsManagementConfig
        {
            ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0,
        });

    public static Dictionary<string, string?> Environment(EmulatorServer server) => new()
    {
        ["AWS_ENDPOINT_URL"] = server.Url.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = AccessKeyId, ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_REGION"] = "us-east-1", ["AWS_DEFAULT_REGION"] = "us-east-1", ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_PAGER"] = "",
        ["AWS_MAX_ATTEMPTS"] = "1", ["AWS_PROFILE"] = null, ["AWS_CONFIG_FILE"] = "/nonexistent",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent",
    };
}

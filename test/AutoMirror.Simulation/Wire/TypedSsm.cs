using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace AutoMirror.Simulation.Wire;

/// <summary>The SDK's Parameter Store client over the state engine.</summary>
internal sealed class TypedSsm(History history, CallPath path)
    : AmazonSimpleSystemsManagementClient(new AnonymousAWSCredentials(), new AmazonSimpleSystemsManagementConfig { RegionEndpoint = RegionEndpoint.USEast1 })
{
    public override Task<GetParametersByPathResponse> GetParametersByPathAsync(GetParametersByPathRequest request, CancellationToken cancellationToken = default) =>
        path.CallAsync("ssm", "GetParametersByPath", false, new TypedTransport<GetParametersByPathResponse>(() => new GetParametersByPathResponse
        {
            Parameters = [.. history.Cloud.Ssm.ByPath(request.Path, request.Recursive ?? false).Select(each => new Parameter { Name = each.Name, Type = each.Type, Value = each.Value })],
        }));
}

/// <summary>The SDK's queue client: the function's own queue.</summary>
internal sealed class TypedSqs(History history, CallPath path) : AmazonSQSClient(new AnonymousAWSCredentials(), new AmazonSQSConfig { RegionEndpoint = RegionEndpoint.USEast1 })
{
    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
        path.CallAsync("sqs", "SendMessage", false, new TypedTransport<SendMessageResponse>(() =>
            new SendMessageResponse { MessageId = history.Fleet.Send(request.MessageBody, TimeSpan.FromSeconds(request.DelaySeconds ?? 0)) }));
}

using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace AutoMirror.Simulation.Wire;

/// <summary>The SDK's Parameter Store client over the state engine.</summary>
internal class TypedSsm(History history, CallPath path)
    : AmazonSimpleSystemsManagementClient(
        new AnonymousAWSCredentials(), new AmazonSimpleSystemsManagementConfig { RegionEndpoint = RegionEndpoint.USEast1 })
{
    // The largest page that there is (Systems Manager API reference, GetParametersByPath, MaxResults).
    private const int PageSize = 10;

    public override Task<GetParametersByPathResponse> GetParametersByPathAsync(
        GetParametersByPathRequest request, CancellationToken cancellationToken = default) =>
        path.CallAsync("ssm", "GetParametersByPath", false, new TypedTransport<GetParametersByPathResponse>(() =>
        {
            var left = history.Cloud.Ssm.ByPath(request.Path, request.Recursive ?? false)
                .Where(each => string.CompareOrdinal(each.Name, request.NextToken) > 0).ToList();
            var page = left.Take(PageSize).Select(each => new Parameter { Name = each.Name, Type = each.Type, Value = each.Value })
                .ToList();
            return Shown(new GetParametersByPathResponse { Parameters = page, NextToken = left.Count > PageSize ? page[^1].Name : null });
        }));

    /// <summary>What the function is shown of a page.</summary>
    protected virtual GetParametersByPathResponse Shown(GetParametersByPathResponse page) => page;
}

/// <summary>The SDK's queue client: the function's own queue.</summary>
internal sealed class TypedSqs(History history, CallPath path) : AmazonSQSClient(
    new AnonymousAWSCredentials(), new AmazonSQSConfig { RegionEndpoint = RegionEndpoint.USEast1 })
{
    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
        path.CallAsync("sqs", "SendMessage", false, new TypedTransport<SendMessageResponse>(() =>
            new SendMessageResponse
            {
                MessageId = history.Fleet.Send(request.MessageBody, TimeSpan.FromSeconds(request.DelaySeconds ?? 0)),
            }));
}

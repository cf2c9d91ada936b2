using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>SQS: batches need the permission of the single action. A queue's own policy can allow, too.</summary>
internal sealed class SqsAccess(Cloud cloud) : IServiceAccess
{
    private const string Batch = "Batch";

    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        if (call.Action == "ListQueues")
            return [(new(call.Name, "*", context), null)];
        var action = call.Name.EndsWith(Batch, StringComparison.Ordinal) ? call.Name[..^Batch.Length] : call.Name;
        var url = call.Text("QueueUrl") ?? call.Text("QueueName") ?? call.Text("SourceArn") ?? "";
        var name = url[(url.LastIndexOfAny(['/', ':']) + 1)..];
        var queue = cloud.Sqs.All.FirstOrDefault(each => each.Name == name);
        var tags = call.TagMap(call.Action == "CreateQueue" ? "tags" : "Tags");
        return [(new(action, cloud.Arn("sqs", name), context.WithRequestTags(tags).WithResourceTags(queue?.Tags ?? State.Resource.NoTags)),
            queue?.Policy)];
    }
}

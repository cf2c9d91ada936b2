using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>SNS: topics. Their default policies give others nothing that their own policies do not.</summary>
internal sealed class SnsAccess(Cloud cloud) : IServiceAccess
{
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        var made = call.Action == "CreateTopic" ? cloud.Arn("sns", call.Text("Name") ?? "") : null;
        var arn = call.Text("TopicArn") ?? call.Text("TargetArn") ?? call.Text("ResourceArn") ?? made ?? "*";
        return [(new(call.Name, arn, context.WithRequestTags(call.Tags("Tags"))), null)];
    }
}

using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Logs;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// CloudWatch Logs: an ARN has the group and the stream. For actions on the group alone the stream is empty (seen in refusals), which is
/// why policies end a group's ARN with <c>:*</c>; only the actions on tags have the group's ARN as it is.
/// </summary>
internal sealed class LogsAccess(Cloud cloud) : IServiceAccess
{
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        var name = call.Text("logGroupName") ?? call.Text("logGroupIdentifier") ?? call.Text("resourceArn")
            ?? call.Text("resourceIdentifier");
        if (name is null)
            return [(new(call.Name, "*", context), null)];
        var group = LogNames.GroupOf(name);
        var ofStream = call.Action is "PutLogEvents" or "CreateLogStream" or "DeleteLogStream" or "GetLogEvents";
        var suffix = call.Action is "TagResource" or "UntagResource" or "ListTagsForResource"
            ? ""
            : $":log-stream:{(ofStream ? call.Text("logStreamName") : "")}";
        var known = context.WithRequestTags(call.TagMap("tags")).WithResourceTags(cloud.Logs.Find(group)?.Tags ?? State.Resource.NoTags);
        return [(new(call.Name, cloud.Arn("logs", $"log-group:{group}{suffix}"), known), null)];
    }
}

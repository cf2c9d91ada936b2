using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>EventBridge: rules of the default bus, and the bus itself for PutEvents.</summary>
internal sealed class EventsAccess(Cloud cloud) : IServiceAccess
{
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        if (call.Action == "PutEvents")
        {
            return call.Numbered("Entries").Select(entry => (
                new AccessRequest(
                    call.Name, cloud.Arn("events", "event-bus/default"),
                    new RequestContext(context).With("events:source", call.Text($"{entry}.Source"))
                        .With("events:detail-type", call.Text($"{entry}.DetailType"))),
                (string?)null));
        }

        var rule = call.Text("Rule") ?? call.Text("Name");
        var arn = call.Text("ResourceARN") ?? (rule is null ? "*" : cloud.Arn("events", $"rule/{rule}"));
        var tags = cloud.Events.Rules.FirstOrDefault(each => each.ArnIn(cloud) == arn)?.Tags ?? State.Resource.NoTags;
        var known = context.WithRequestTags(call.Tags("Tags")).WithResourceTags(tags)
            .With("events:TargetArn", call.Numbered("Targets").Select(item => call.Text($"{item}.Arn")).OfType<string>());
        return [(new(call.Name, arn, known), null)];
    }
}

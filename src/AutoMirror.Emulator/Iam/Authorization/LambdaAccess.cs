using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Lambda;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>Lambda: functions and mappings. To give a function a role needs <c>iam:PassRole</c> for it as well.</summary>
internal sealed class LambdaAccess(Cloud cloud) : IServiceAccess
{
    private static readonly string[] WithoutResource =
        ["ListFunctions", "ListEventSourceMappings", "CreateEventSourceMapping", "GetAccountSettings"];

    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        var action = call.Action == "Invoke" ? "lambda:InvokeFunction" : call.Name;
        var name = call.Text("FunctionName") is { } given ? FunctionNames.NameOf(cloud, given) : null;
        var tagged = context.WithRequestTags(call.TagMap("Tags")).With("lambda:Principal", call.Text("Principal"));
        var (resource, policy) = (call.Text("Resource") ?? "*", (string?)null);
        if (call.Text("UUID") is { } id)
        {
            resource = cloud.Arn("lambda", $"event-source-mapping:{id}");
        }
        else if (name is not null && !WithoutResource.Contains(call.Action))
        {
            var function = cloud.Lambda.Find(name);
            resource = cloud.Arn("lambda", $"function:{name}");
            policy = function is null || function.Policy.IsEmpty ? null : function.Policy.Text;
            tagged = tagged.WithResourceTags(function?.Tags ?? State.Resource.NoTags);
        }
        else if (name is not null)
        {
            tagged = new RequestContext(tagged).With("lambda:FunctionArn", cloud.Arn("lambda", $"function:{name}"));
        }

        yield return (new(action, resource, tagged), policy);
        if (call.Action is "CreateFunction" or "UpdateFunctionConfiguration" && call.Text("Role") is { } role)
            yield return (new("iam:PassRole", role, new RequestContext(context).With("iam:PassedToService", "lambda.amazonaws.com")), null);
    }
}

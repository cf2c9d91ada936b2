using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>Systems Manager: a parameter's ARN has its name without the leading slash; a read by path is checked against the path
/// itself.</summary>
internal sealed class SsmAccess(Cloud cloud) : IServiceAccess
{
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        var names = call.Action switch
        {
            "DescribeParameters" => [],
            "GetParametersByPath" => call.All("Path"),
            "GetParameters" or "DeleteParameters" => call.All("Names"),
            "AddTagsToResource" or "RemoveTagsFromResource" or "ListTagsForResource" => call.All("ResourceId"),
            _ => call.All("Name"),
        };
        if (names.Count == 0)
            return [(new(call.Name, "*", context), null)];
        var common = context.WithRequestTags(call.Tags("Tags"))
            .With("ssm:Recursive", call.Action == "GetParametersByPath" ? Lower(call.Text("Recursive") ?? "false") : null)
            .With("ssm:Overwrite", call.Action == "PutParameter" ? Lower(call.Text("Overwrite") ?? "false") : null);
        return names.Select(name => (
            new AccessRequest(call.Name, ArnOf(name), common.WithResourceTags(TagsOf(name))), (string?)null));
    }

    private static string Lower(string flag) => flag.ToLowerInvariant();

    private string ArnOf(string name) => name.StartsWith("arn:", StringComparison.Ordinal)
        ? name
        : cloud.Arn("ssm", $"parameter{(name.StartsWith('/') ? "" : "/")}{name}");

    private IEnumerable<KeyValuePair<string, string>> TagsOf(string name) =>
        cloud.Ssm.All.FirstOrDefault(parameter => parameter.Name == name)?.Tags ?? State.Resource.NoTags;
}

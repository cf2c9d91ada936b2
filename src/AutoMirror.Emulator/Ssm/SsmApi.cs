using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ssm;

/// <summary>Parameter Store over the wire, AWS JSON 1.1.</summary>
internal sealed class SsmApi(Cloud cloud) : JsonApi("ssm", "AmazonSSM", "1.1")
{
    private const int PageOfDescribe = 10;

    protected override IEnumerable<Limit> LimitsOf(string action) => SsmLimits.Of(action);

    protected override AwsException InvalidNextToken() => SsmErrors.InvalidNextToken();

    protected override Handler? Find(string action) => action switch
    {
        "PutParameter" => Put,
        "GetParameter" => Get,
        "GetParameters" => GetAll,
        "GetParametersByPath" => ByPath,
        "DeleteParameter" => Delete,
        "DeleteParameters" => DeleteAll,
        "DescribeParameters" => Describe,
        "AddTagsToResource" => AddTags,
        "RemoveTagsFromResource" => RemoveTags,
        "ListTagsForResource" => ListTags,
        _ => null,
    };

    private JsonObject Put(JsonObject input)
    {
        if (input.Text("Policies") is { } policies && policies.Trim() is not ("{}" or "[]"))
            throw SsmErrors.NotEmulated("Policies");
        var put = cloud.Ssm.Put(
            input.Required("Name"), input.Required("Value"), input.Text("Type"), input.Flag("Overwrite"), input.Text("Description"),
            input.Text("Tier"), input.Text("KeyId"), input.Text("AllowedPattern"), input.Text("DataType"), TagsOf(input));
        return new() { ["Version"] = put.Version, ["Tier"] = put.Tier };
    }

    private JsonObject Get(JsonObject input)
    {
        var name = input.Required("Name");
        return new() { ["Parameter"] = Write(cloud.Ssm.Get(name), input, name) };
    }

    private JsonObject GetAll(JsonObject input)
    {
        var found = input.Texts("Names").Select(name => (Name: name, Parameter: FindVersion(name))).ToList();
        return new()
        {
            ["Parameters"] = found.Where(each => each.Parameter is not null)
                .Select(each => Write(each.Parameter!, input, each.Name)).ToJsonArray(),
            ["InvalidParameters"] = found.Where(each => each.Parameter is null).Select(each => each.Name).ToJsonArray(),
        };
    }

    /// <summary>GetParameters does not fail for a name or version that does not exist: it lists it.</summary>
    private Parameter? FindVersion(string name)
    {
        try
        {
            return cloud.Ssm.Find(name);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    private JsonObject ByPath(JsonObject input)
    {
        var matches = ParameterFilters.Compile(input.Objects("ParameterFilters"), ParameterFilters.ByPath);
        var found = cloud.Ssm.ByPath(input.Required("Path"), input.Flag("Recursive")).Where(matches);
        return PageOf(found, input, parameter => Write(parameter, input, name: null));
    }

    private JsonObject Delete(JsonObject input)
    {
        cloud.Ssm.Delete(input.Required("Name"));
        return [];
    }

    private JsonObject DeleteAll(JsonObject input)
    {
        var (deleted, invalid) = (new JsonArray(), new JsonArray());
        foreach (var name in input.Texts("Names"))
        {
            var exists = cloud.Ssm.All.Any(parameter => parameter.Name == name);
            if (exists)
                cloud.Ssm.Delete(name);
            (exists ? deleted : invalid).Add((JsonNode)name);
        }

        return new() { ["DeletedParameters"] = deleted, ["InvalidParameters"] = invalid };
    }

    private JsonObject Describe(JsonObject input)
    {
        if (input["Filters"] is JsonArray { Count: > 0 })
            throw SsmErrors.NotEmulated("Filters, which ParameterFilters has replaced,");
        var matches = ParameterFilters.Compile(input.Objects("ParameterFilters"), ParameterFilters.Describing);
        // Shared parameters are those of other accounts, of which there are none.
        var found = input.Flag("Shared") ? [] : cloud.Ssm.All.Where(matches);
        return PageOf(found, input, parameter => ParameterJson.WriteMetadata(cloud, parameter));
    }

    private JsonObject AddTags(JsonObject input)
    {
        cloud.Ssm.ChangeTags(ResourceId(input), tags => ParameterTags.Merge(tags, TagsOf(input)));
        return [];
    }

    private JsonObject RemoveTags(JsonObject input)
    {
        cloud.Ssm.ChangeTags(ResourceId(input), tags => tags.RemoveRange(input.Texts("TagKeys")));
        return [];
    }

    private JsonObject ListTags(JsonObject input)
    {
        var id = ResourceId(input);
        var parameter = cloud.Ssm.All.FirstOrDefault(parameter => parameter.Name == id) ?? throw SsmErrors.InvalidResourceId();
        return new()
        {
            ["TagList"] = parameter.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }).ToJsonArray(),
        };
    }

    private JsonObject PageOf(IEnumerable<Parameter> found, JsonObject input, Func<Parameter, JsonNode> write) =>
        Page("Parameters", found, parameter => parameter.Name, input, input.Integer("MaxResults") ?? PageOfDescribe, write);

    private JsonObject Write(Parameter parameter, JsonObject input, string? name) =>
        ParameterJson.Write(cloud, parameter, input.Flag("WithDecryption"), name);

    private static string ResourceId(JsonObject input) => input.Text("ResourceType") == "Parameter"
        ? input.Required("ResourceId")
        : throw SsmErrors.InvalidResourceType();

    private static Dictionary<string, string>? TagsOf(JsonObject input)
    {
        if (input["Tags"] is null)
            return null;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in input.Objects("Tags"))
        {
            if (!tags.TryAdd(tag.Required("Key"), tag.Required("Value")))
                throw SsmErrors.Validation($"The tag key {tag["Key"]} is given more than once.");
        }

        return tags;
    }
}

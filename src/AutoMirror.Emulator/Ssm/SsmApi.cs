using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ssm;

/// <summary>Parameter Store over the wire, AWS JSON 1.1.</summary>
internal sealed class SsmApi(Cloud cloud) : JsonApi("ssm", "AmazonSSM", "1.1")
{
    protected override IEnumerable<Limit> LimitsOf(string action) => SsmLimits.Of(action);

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

    private JsonObject Put(JsonObject input, string? caller)
    {
        if (Text(input, "Policies") is { } policies && policies.Trim() is not ("{}" or "[]"))
            throw SsmErrors.NotEmulated("Policies");
        var put = cloud.Ssm.Put(
            Required(input, "Name"), Required(input, "Value"), Text(input, "Type"), Flag(input, "Overwrite"), Text(input, "Description"),
            Text(input, "Tier"),
            Text(input, "KeyId"), Text(input, "AllowedPattern"), Text(input, "DataType"), Tags(input["Tags"]));
        return new JsonObject { ["Version"] = put.Version, ["Tier"] = put.Tier };
    }

    private JsonObject Get(JsonObject input, string? caller) =>
        new()
        {
            ["Parameter"] = Write(
            cloud.Ssm.Get(Required(input, "Name")), Flag(input, "WithDecryption"), Selector(Required(input, "Name")))
        };

    private JsonObject GetAll(JsonObject input, string? caller)
    {
        var names = Texts(input["Names"]);
        var found = names.Select(name => (Name: name, Parameter: FindVersion(name))).ToList();
        return new JsonObject
        {
            ["Parameters"] = Array(
                found.Where(each => each.Parameter is not null)
                    .Select(each => Write(each.Parameter!, Flag(input, "WithDecryption"), Selector(each.Name)))),
            ["InvalidParameters"] = Array(found.Where(each => each.Parameter is null).Select(each => (JsonNode)each.Name)),
        };
    }

    private Parameter? FindVersion(string name)
    {
        try
        {
            return cloud.Ssm.Find(name);
        }
        catch (AwsException)
        {
            // GetParameters names what it can't find, versions too, and does not fail.
            return null;
        }
    }

    private JsonObject ByPath(JsonObject input, string? caller)
    {
        var matches = ParameterFilters.Compile(input["ParameterFilters"] as JsonArray, ParameterFilters.ByPath);
        var all = cloud.Ssm.ByPath(Required(input, "Path"), Flag(input, "Recursive")).Where(matches);
        var page = Page(all, input);
        return With(page, "Parameters", parameter => Write(parameter, Flag(input, "WithDecryption"), null));
    }

    private JsonObject Delete(JsonObject input, string? caller)
    {
        cloud.Ssm.Delete(Required(input, "Name"));
        return [];
    }

    private JsonObject DeleteAll(JsonObject input, string? caller)
    {
        var (deleted, invalid) = (new JsonArray(), new JsonArray());
        foreach (var name in Texts(input["Names"]))
        {
            var exists = cloud.Ssm.All.Any(parameter => parameter.Name == name);
            if (exists)
                cloud.Ssm.Delete(name);
            (exists ? deleted : invalid).Add((JsonNode)name);
        }

        return new JsonObject { ["DeletedParameters"] = deleted, ["InvalidParameters"] = invalid };
    }

    private JsonObject Describe(JsonObject input, string? caller)
    {
        if (input["Filters"] is JsonArray { Count: > 0 })
            throw SsmErrors.NotEmulated("Filters, which ParameterFilters has replaced,");
        var matches = ParameterFilters.Compile(input["ParameterFilters"] as JsonArray, ParameterFilters.Describing);
        // "Lists the shared parameters in the account": nothing is shared with this one.
        var all = Flag(input, "Shared") ? [] : cloud.Ssm.All.Where(matches);
        return With(Page(all, input), "Parameters", WriteMetadata);
    }

    private JsonObject AddTags(JsonObject input, string? caller)
    {
        cloud.Ssm.SetTags(ResourceId(input), parameter => parameter with { Tags = ParameterTags.Merge(parameter.Tags, Tags(input["Tags"])) });
        return [];
    }

    private JsonObject RemoveTags(JsonObject input, string? caller)
    {
        cloud.Ssm.SetTags(ResourceId(input), parameter => parameter with { Tags = parameter.Tags.RemoveRange(Texts(input["TagKeys"])) });
        return [];
    }

    private JsonObject ListTags(JsonObject input, string? caller)
    {
        var parameter = cloud.Ssm.All.FirstOrDefault(each => each.Name == ResourceId(input)) ?? throw SsmErrors.InvalidResourceId();
        return new JsonObject
        {
            ["TagList"] = Array(
            parameter.Tags.Select(tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }))
        };
    }

    private static string ResourceId(JsonObject input) => Text(input, "ResourceType") == "Parameter"
        ? Required(input, "ResourceId")
        : throw new AwsException(
            "InvalidResourceType",
                "The resource type isn't valid. For example, if you are attempting to tag an EC2 instance, the instance must be a "
                    + "registered managed node.");

    private JsonObject Write(Parameter parameter, bool decrypted, string? selector)
    {
        var node = new JsonObject
        {
            ["Name"] = parameter.Name,
            ["Type"] = parameter.Type,
            // The ciphertext of a key that is not here: nobody can read it, which is all that matters of it.
            ["Value"] = parameter.Type == "SecureString"
                && !decrypted ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"encrypted:{parameter.Name}:{parameter.Version}")) : parameter.Value,
            ["Version"] = parameter.Version,
            ["LastModifiedDate"] = Seconds(parameter.LastModified),
            ["ARN"] = parameter.ArnIn(cloud),
            ["DataType"] = parameter.DataType,
        };
        if (selector is not null)
            node["Selector"] = selector;
        return node;
    }

    private JsonObject WriteMetadata(Parameter parameter)
    {
        var node = new JsonObject
        {
            ["Name"] = parameter.Name, ["ARN"] = parameter.ArnIn(cloud), ["Type"] = parameter.Type, ["LastModifiedDate"] = Seconds(parameter.LastModified),
            ["LastModifiedUser"] = cloud.Callers.Of(null).Arn, ["Version"] = parameter.Version, ["Tier"] = parameter.Tier,
            ["Policies"] = new JsonArray(), ["DataType"] = parameter.DataType,
        };
        if (parameter.KeyId is not null)
            node["KeyId"] = parameter.KeyId;
        if (parameter.Description is not null)
            node["Description"] = parameter.Description;
        if (parameter.AllowedPattern is not null)
            node["AllowedPattern"] = parameter.AllowedPattern;
        return node;
    }

    private static string? Selector(string name) =>
        name.LastIndexOf(':') is var at and > 0 && int.TryParse(name[(at + 1)..], out _) ? name[at..] : null;

    private static Page<Parameter> Page(IEnumerable<Parameter> all, JsonObject input)
    {
        var wanted = input["MaxResults"]?.GetValue<int>() ?? 10;
        string? after;
        try
        {
            after = Paging.Read("parameter", Text(input, "NextToken"));
        }
        catch (AwsException)
        {
            throw SsmErrors.InvalidNextToken();
        }

        return Paging.Take("parameter", all, parameter => parameter.Name, after, wanted);
    }

    private static JsonObject With(Page<Parameter> page, string name, Func<Parameter, JsonNode> write)
    {
        var output = new JsonObject { [name] = Array(page.Items.Select(write)) };
        if (page.NextToken is not null)
            output["NextToken"] = page.NextToken;
        return output;
    }

    private static Dictionary<string, string>? Tags(JsonNode? node)
    {
        if (node is not JsonArray list)
            return null;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in list)
        {
            if (!tags.TryAdd(tag!["Key"]!.GetValue<string>(), tag["Value"]!.GetValue<string>()))
                throw SsmErrors.Validation($"The tag key {tag["Key"]} is given more than once.");
        }

        return tags;
    }

    private static List<string> Texts(JsonNode? list) => list is JsonArray items ? [.. items.Select(item => item!.GetValue<string>())] : [];

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    private static string? Text(JsonObject input, string name) => input[name]?.GetValue<string>();

    private static bool Flag(JsonObject input, string name) => input[name]?.GetValue<bool>() ?? false;

    /// <summary>What the model requires is there by now.</summary>
    private static string Required(JsonObject input, string name) => input[name]!.GetValue<string>();

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}

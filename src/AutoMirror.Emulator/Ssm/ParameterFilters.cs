using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Ssm;

/// <summary>ParameterFilters of DescribeParameters and GetParametersByPath: a key, an option, values of which one must fit.</summary>
internal static class ParameterFilters
{
    public static readonly string[] Describing = ["Name", "Type", "KeyId", "Path", "Tier", "DataType"];

    public static readonly string[] ByPath = ["Type", "KeyId", "Label"];

    public static Func<Parameter, bool> Compile(JsonArray? filters, string[] keys)
    {
        List<Func<Parameter, bool>> tests = [.. (filters ?? []).Select(filter => Compile(filter!.AsObject(), keys))];
        return parameter => tests.TrueForAll(test => test(parameter));
    }

    private static Func<Parameter, bool> Compile(JsonObject filter, string[] keys)
    {
        var key = filter["Key"]!.GetValue<string>();
        var option = filter["Option"]?.GetValue<string>() ?? (key == "Path" ? "OneLevel" : "Equals");
        List<string> values = [.. (filter["Values"] as JsonArray ?? []).Select(value => value!.GetValue<string>())];
        if (key.StartsWith("tag:", StringComparison.Ordinal) && keys == Describing)
        {
            return parameter => parameter.Tags.TryGetValue(key["tag:".Length..], out var tag)
                && (values.Count == 0 || values.Contains(tag));
        }

        if (!keys.Contains(key))
            throw SsmErrors.InvalidFilterKey(key);
        if (values.Count == 0)
            throw SsmErrors.InvalidFilterValue(key);
        // "For filters using the key Path, valid options include Recursive and OneLevel."
        Func<string, string, bool> fits = option switch
        {
            "Equals" or "BeginsWith" when key == "Path" => throw SsmErrors.InvalidFilterOption(option),
            "Equals" => (actual, wanted) => actual == wanted,
            "BeginsWith" => (actual, wanted) => actual.StartsWith(wanted, StringComparison.Ordinal),
            "Contains" when key == "Name" => (actual, wanted) => actual.Contains(wanted, StringComparison.Ordinal),
            "Recursive" when key == "Path" => (actual, wanted) => actual.StartsWith(wanted.TrimEnd('/') + "/", StringComparison.Ordinal),
            "OneLevel" when key == "Path" => (actual, wanted) => actual.StartsWith(wanted.TrimEnd('/') + "/", StringComparison.Ordinal)
                && !actual[(wanted.TrimEnd('/').Length + 1)..].Contains('/'),
            _ => throw SsmErrors.InvalidFilterOption(option),
        };
        return parameter => Value(parameter, key) is { } actual && values.Exists(wanted => fits(actual, wanted));
    }

    private static string? Value(Parameter parameter, string key) => key switch
    {
        "Type" => parameter.Type,
        "KeyId" => parameter.KeyId,
        "Tier" => parameter.Tier,
        "DataType" => parameter.DataType,
        "Label" => null,
        _ => parameter.Name,
    };
}

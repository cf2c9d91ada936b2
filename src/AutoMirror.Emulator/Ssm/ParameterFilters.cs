using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ssm;

/// <summary>ParameterFilters of DescribeParameters and GetParametersByPath: a key, an option, and values of which one has to fit.</summary>
internal static class ParameterFilters
{
    public static readonly string[] Describing = ["Name", "Type", "KeyId", "Path", "Tier", "DataType"];

    public static readonly string[] ByPath = ["Type", "KeyId", "Label"];

    public static Func<Parameter, bool> Compile(IEnumerable<JsonObject> filters, string[] keys)
    {
        var tests = filters.Select(filter => Compile(filter, keys)).ToList();
        return parameter => tests.TrueForAll(test => test(parameter));
    }

    private static Func<Parameter, bool> Compile(JsonObject filter, string[] keys)
    {
        var key = filter["Key"]!.GetValue<string>();
        var option = filter.Text("Option") ?? (key == "Path" ? "OneLevel" : "Equals");
        var values = filter.Texts("Values");
        if (key.StartsWith("tag:", StringComparison.Ordinal) && keys == Describing)
        {
            return parameter => parameter.Tags.TryGetValue(key["tag:".Length..], out var tag)
                && (values.Count == 0 || values.Contains(tag));
        }

        if (!keys.Contains(key))
            throw SsmErrors.InvalidFilterKey(key);
        if (values.Count == 0)
            throw SsmErrors.InvalidFilterValue(key);
        var fits = TestOf(key, option);
        return parameter => Value(parameter, key) is { } actual && values.Exists(wanted => fits(actual, wanted));
    }

    /// <summary>"For filters using the key Path, valid options include Recursive and OneLevel."</summary>
    private static Func<string, string, bool> TestOf(string key, string option) => option switch
    {
        "Equals" when key != "Path" => (actual, wanted) => actual == wanted,
        "BeginsWith" when key != "Path" => (actual, wanted) => actual.StartsWith(wanted, StringComparison.Ordinal),
        "Contains" when key == "Name" => (actual, wanted) => actual.Contains(wanted, StringComparison.Ordinal),
        "Recursive" when key == "Path" => IsBelow,
        "OneLevel" when key == "Path" => (actual, wanted) =>
            IsBelow(actual, wanted) && !actual[(wanted.TrimEnd('/').Length + 1)..].Contains('/'),
        _ => throw SsmErrors.InvalidFilterOption(option),
    };

    private static bool IsBelow(string name, string path) => name.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal);

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

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>Whoever moves from the SAM template to the Terraform module, or back, finds the same settings with the same defaults and
/// limits.</summary>
public sealed partial class SettingsAgreementTests
{
    /// <summary>Parameters that are called otherwise in the module, since there they are lists, or maps.</summary>
    private static readonly Dictionary<string, string> CalledOtherwise = new()
    {
        ["DefaultTarget"] = "default_targets", ["OtherTargets"] = "other_sensors",
    };

    /// <summary>What only the module has, with the reason.</summary>
    private static readonly Dictionary<string, string> OnlyInTheModule = new()
    {
        ["create"] = "a stack that is to make nothing is not made",
        ["keep_filter"] = "the stack leaves its filter behind by itself",
        ["retiring"] = "the stack leaves its targets behind by themselves",
        ["sensor_hosts"] = "CloudFormation has no resource that tags an instance which it did not make",
        ["package"] = "sam deploy puts the package in a bucket",
        ["package_s3"] = "the line CodeUri says it",
        ["tags"] = "sam deploy --tags gives the stack's tags to all that it makes",
    };

    private static readonly Dictionary<string, string> Variables = Directory
        .GetFiles(Repository.PathOf("infra", "terraform"), "*.tf")
        .SelectMany(file => Variable().Matches(File.ReadAllText(file)))
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["body"].Value);

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Each_parameter_has_its_variable_and_each_variable_its_parameter_or_a_reason()
    {
        var expected = (await ParametersAsync()).Select(each => VariableOf(each.Key)).Concat(OnlyInTheModule.Keys);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Variables.Keys.Order(StringComparer.Ordinal));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_defaults_are_the_same()
    {
        foreach (var (name, parameter) in await ParametersAsync())
        {
            // Where the module works the hours out of the schedule, it comes to the template's for the default one.
            var same = name == "SilenceHours" ? "3" : Default().Match(Variables[VariableOf(name)]).Groups[1].Value.Trim('"') switch
            {
                "null" or "[]" => "",
                "{}" when name != "Policy" => "",
                "true" when parameter!["AllowedValues"]!.ToJsonString().Contains("ENABLED", StringComparison.Ordinal) => "ENABLED",
                "false" when parameter!["AllowedValues"]!.ToJsonString().Contains("ENABLED", StringComparison.Ordinal) => "DISABLED",
                var value => value,
            };

            Assert.Equal((name, parameter!["Default"]!.ToString()), (name, same));
        }
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_least_and_the_most_are_the_same()
    {
        var limited = (await ParametersAsync()).Where(each => each.Value!["MinValue"] is not null).ToList();

        Assert.InRange(limited.Count, 10, 20);
        Assert.All(limited, each => Assert.Matches(
            string.Create(CultureInfo.InvariantCulture,
                $@">= {each.Value!["MinValue"]} && var\.{VariableOf(each.Key)} <= {each.Value["MaxValue"]}\b"),
            Variables[VariableOf(each.Key)]));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_words_that_are_allowed_are_the_same()
    {
        foreach (var (name, parameter) in await ParametersAsync())
        {
            if (parameter!["AllowedValues"] is not JsonArray words || words[0]!.ToString() is "true" or "ENABLED")
                continue;
            var allowed = Regex.Match(Variables[VariableOf(name)], @"contains\(\s*\[([^]]+)\]").Groups[1].Value.Replace("\"", "");

            Assert.Equal((name, string.Join(", ", words)), (name, allowed));
        }
    }

    private static string VariableOf(string parameter) => CalledOtherwise.GetValueOrDefault(parameter)
        ?? Regex.Replace(parameter, "(?<!^)(?=[A-Z])", "_").ToLowerInvariant();

    private static async Task<JsonObject> ParametersAsync() => JsonNode.Parse(await SamTemplate.JsonAsync())!["Parameters"]!.AsObject();

    [GeneratedRegex("^variable \"(?<name>\\w+)\" {\n(?<body>.*?)\n}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Variable();

    [GeneratedRegex("^  default +=(?: )(.*)$", RegexOptions.Multiline)]
    private static partial Regex Default();
}

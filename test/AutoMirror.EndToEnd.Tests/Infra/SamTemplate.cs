using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AutoMirror.Testing;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The SAM template, as the SAM translator turns it into CloudFormation; no account is asked.</summary>
internal static class SamTemplate
{
    /// <summary>The template's file.</summary>
    public static string Path { get; } = Repository.PathOf("infra", "sam", "template.yaml");

    /// <summary>The package becomes what uploading makes of it: an object in a bucket.</summary>
    private const string Translate = """
        import json, sys
        from samtranslator.translator.transform import transform
        from samtranslator.yaml_helper import yaml_parse

        class ManagedPolicies:
            def load(self):
                return {}

        template = yaml_parse(open(sys.argv[1]).read())
        template["Resources"]["Function"]["Properties"]["CodeUri"] = {"Bucket": "packages", "Key": "automirror.zip"}
        print(json.dumps(transform(template, json.loads(sys.argv[2]), ManagedPolicies())))
        """;

    /// <summary>Parameters whose values the translator itself puts where they stand: in the function's role.</summary>
    private static readonly string[] PutInByTheTranslator = ["ExistingRole", "RolePath"];

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Translations = [];

    /// <summary>The CloudFormation template, in JSON.</summary>
    public static Task<string> JsonAsync(params (string Name, string Value)[] parameters)
    {
        var known = new JsonObject(parameters.Where(each => PutInByTheTranslator.Contains(each.Name))
            .Select(each => KeyValuePair.Create(each.Name, (JsonNode?)each.Value))).ToJsonString();
        return Translations.GetOrAdd(known, values => new(() => TranslateAsync(values))).Value;
    }

    /// <summary>What CloudFormation would make of it with these parameters, and the defaults of the others.</summary>
    public static async Task<CloudFormationStack> DeployAsync(params (string Name, string Value)[] parameters) =>
        new(JsonNode.Parse(await JsonAsync(parameters))!.AsObject(), parameters.ToDictionary(p => p.Name, p => p.Value));

    private static async Task<string> TranslateAsync(string parameters)
    {
        var result = await Tool.RunAsync(
            "python3", ["-c", Translate, Path, parameters], new Dictionary<string, string?> { ["AWS_DEFAULT_REGION"] = "us-east-1" });
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"The SAM translator refuses the template: {result.Error}");
    }
}

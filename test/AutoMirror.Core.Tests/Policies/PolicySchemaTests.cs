using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Testing;
using CsCheck;
using Json.Schema;

namespace AutoMirror.Core.Tests.Policies;

/// <summary>The schema that editors use says the same as the parser.</summary>
public class PolicySchemaTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("src", "AutoMirror.Core", "Policies", "policy.schema.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    private static readonly string[] Values =
    [
        "\"sync\"", "\"off\"", "\"perVpc\"", "\"perInterface\"", "\"primary\"", "\"keep\"", "\"instance\"", "[\"instance\"]",
        "[\"vpc\",\"subnet\"]", "[\"vpc\",\"x\"]", "[]",
        "{}", "null", "true", "false",
        "0", "1", "1.0", "1.5", "10", "100", "101", "8500", "8501", "32766", "32767", "16777215", "16777216", "-1", "7e0", "1e400", "10000",
        "10001", "8760", "8761",
        "\"\"", "\"ids\"", "\"aws:x\"", "\"AWS:x\"", "\"m5.*\"", "[\"m5.*\"]", "[\"m5\"]", "[\"vpc-1\"]", "[\"subnet-1\"]",
        "{\"Name\":\"b\"}", "{\"automirror:x\":\"b\"}", "{\"ids\":{}}", "{\"ids\":{\"hosts\":\"tagged\"}}", "{\"ids\":{\"hosts\":\"x\"}}",
        "{\"ids\":{\"filter\":\"tmf-1\",\"sessionNumber\":2,\"packetLength\":9,\"virtualNetworkId\":\"perVpc\"}}",
        "{\"ids\":{\"filter\":\"tmt-1\"}}",
        "{\"ids\":{\"defaultFor\":[\"vpc-1\",\"subnet-1\"]}}", "{\"ids\":{\"defaultFor\":[\"eni-1\"]}}", "{\"ids\":null}",
        "{\"ids\":{\"x\":1}}",
        "{\"a\":[\"b\"]}", "{\"a\":\"b\"}", "{\"a\":[1]}",
    ];

    [Fact]
    public void Every_field_has_a_description_and_all_but_those_without_one_a_default()
    {
        var withoutDefault = new List<string>();
        void Look(string path, JsonNode node)
        {
            Assert.NotNull(node["description"]);
            if (node["properties"] is JsonObject fields)
            {
                Assert.False(node["additionalProperties"]!.GetValue<bool>());
                foreach (var (name, field) in fields)
                    Look($"{path}.{name}", field!);
            }
            else if (node["default"] is null)
            {
                withoutDefault.Add(path);
            }
        }

        Look("", JsonNode.Parse(Text)!);
        Assert.Equal(
            [".packetLength", ".virtualNetworkId", ".sensors", ".sessionTags", ".mandatory.tags", ".exclude.tags"], withoutDefault);
    }

    [Fact]
    public void Defaults_of_the_schema_are_the_parsers()
    {
        JsonObject Defaults(JsonNode node) => new(node["properties"]!.AsObject()
            .Where(field => field.Value!["default"] is not null || field.Value["properties"] is not null)
            .Where(field => field.Key is not ("guardDuty" or "capture"))
            .Select(
                field =>
                    KeyValuePair.Create(
                        field.Key,
                        (JsonNode?)(field.Value!["properties"] is null ? field.Value["default"]!.DeepClone() : Defaults(field.Value)))));

        var errors = new List<Core.Policies.ConfigurationError>();
        var policy = Core.Policies.PolicyReader.Read("policy", Defaults(JsonNode.Parse(Text)!).ToJsonString(), errors);
        Assert.Empty(errors);
        Assert.Equal(JsonSerializer.Serialize(Core.Policies.Policy.Default), JsonSerializer.Serialize(policy));
    }

    [Fact]
    public void Schema_and_parser_agree_on_every_field_with_every_value()
    {
        foreach (var path in Paths(JsonNode.Parse(Text)!, []))
        {
            foreach (var value in Values)
                AssertAgree(path.Reverse().Aggregate(value, (inner, name) => $"{{\"{name}\":{inner}}}"));
        }
    }

    [Fact]
    public void Schema_and_parser_agree_on_random_documents()
    {
        var names = Paths(JsonNode.Parse(Text)!, []).Select(path => path[^1]).Append("x").Distinct().ToArray();
        JsonTexts.Any(names, Values).Where(json => json.StartsWith('{') && IsUnambiguous(json)).Sample(AssertAgree, iter: 5_000);
    }

    private static bool IsUnambiguous(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void AssertAgree(string json)
    {
        using var document = JsonDocument.Parse(json);
        var isValid = Schema.Evaluate(document.RootElement).IsValid;
        var errors = PolicyTests.Errors(json);
        Assert.True(
            isValid == (errors.Count == 0),
            $"The schema says {(isValid ? "good" : "wrong")} of {json}, the parser: {string.Join("; ", errors)}");
    }

    private static IEnumerable<string[]> Paths(JsonNode node, string[] above) => node["properties"] is JsonObject fields
        ? fields.SelectMany(field => Paths(field.Value!, [.. above, field.Key]).Prepend([.. above, field.Key]))
        .DistinctBy(path => string.Join('.', path))
        : [];
}

using System.Text;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The module's page and its copies of what lies elsewhere.</summary>
public sealed partial class TerraformReadmeTests
{
    private const string Mark = "<!-- written by the tests from the module's files, with AUTOMIRROR_WRITE_GOLDEN=1 -->\n";

    private static readonly string Folder = Repository.PathOf("infra", "terraform");

    [Fact]
    public void Its_tables_list_every_input_and_every_output()
    {
        var page = Path.Combine(Folder, "README.md");
        var text = File.ReadAllText(page);
        var expected = text[..(text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + Tables();
        if (Environment.GetEnvironmentVariable("AUTOMIRROR_WRITE_GOLDEN") == "1")
            File.WriteAllText(page, expected);

        Assert.Equal(expected, File.ReadAllText(page));
    }

    /// <summary>A module is fetched by itself, so it carries the schema.</summary>
    [Fact]
    public void The_modules_schema_of_the_policy_is_the_one_that_is_published() => Assert.Equal(
        File.ReadAllText(Repository.PathOf("src", "AutoMirror.Core", "Policies", "policy.schema.json")),
        File.ReadAllText(Path.Combine(Folder, "policy.schema.json")));

    /// <summary>The switch for emergencies is nobody's but a person's.</summary>
    [Fact]
    public void Neither_template_makes_the_parameter_mode()
    {
        string[] files = [.. Directory.GetFiles(Folder, "*.tf"), Repository.PathOf("infra", "sam", "template.yaml")];

        Assert.All(files, file => Assert.DoesNotMatch("(name|Name) *[=:].*/mode", File.ReadAllText(file)));
    }

    private static string Tables()
    {
        var files = string.Concat(Directory.GetFiles(Folder, "*.tf").Order(StringComparer.Ordinal).Select(File.ReadAllText));
        var table = new StringBuilder("\n## Inputs\n\n| name | meaning | type | default |\n| --- | --- | --- | --- |\n");
        foreach (Match variable in Variable().Matches(files).OrderBy(each => each.Groups["name"].Value, StringComparer.Ordinal))
        {
            var body = variable.Groups["body"].Value;
            var type = Regex.Match(body, @"^  type +=(.*)$", RegexOptions.Multiline).Groups[1].Value.Trim().Replace("object({", "object");
            var isRequired = !Default().IsMatch(body);
            var fallback = isRequired ? "required" : $"`{Default().Match(body).Groups["value"].Value.Trim()}`";
            table.Append($"| `{variable.Groups["name"]}` | {DescriptionOf(body)} | `{type}` | {fallback} |\n");
        }

        table.Append("\n## Outputs\n\n| name | meaning |\n| --- | --- |\n");
        foreach (Match output in Output().Matches(files).OrderBy(each => each.Groups["name"].Value, StringComparer.Ordinal))
            table.Append($"| `{output.Groups["name"]}` | {DescriptionOf(output.Groups["body"].Value)} |\n");
        return table.ToString();
    }

    private static string DescriptionOf(string body) =>
        Regex.Match(body, "^  description += \"(.*)\"$", RegexOptions.Multiline).Groups[1].Value.Replace("\\\"", "\"").Replace("|", "\\|")
            .Replace("<", "&lt;");

    [GeneratedRegex("^variable \"(?<name>\\w+)\" {\n(?<body>.*?)\n}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Variable();

    [GeneratedRegex("^output \"(?<name>\\w+)\" {\n(?<body>.*?)\n}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Output();

    [GeneratedRegex("^  default +=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Default();
}

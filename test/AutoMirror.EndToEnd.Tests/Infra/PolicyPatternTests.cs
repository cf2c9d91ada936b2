using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>A slip in the policy is refused before the stack is made, as far as a pattern can tell.</summary>
public sealed partial class PolicyPatternTests
{
    private static readonly JsonNode Schema =
        JsonNode.Parse(File.ReadAllText(Repository.PathOf("src", "AutoMirror.Core", "Policies", "policy.schema.json")))!;

    private static readonly (string, string) Target = ("DefaultTarget", "tmt-0b71de94af3c20586");

    /// <summary>With AUTOMIRROR_WRITE_GOLDEN=1 it writes the template instead, when the schema has changed.</summary>
    [Fact]
    public void The_templates_pattern_is_that_of_the_schema()
    {
        var template = File.ReadAllText(SamTemplate.Path);
        var expected = Written().Replace(template, match => $"{match.Groups["before"]}{Yaml(PolicyPattern.Of(Schema))}\n");
        if (Environment.GetEnvironmentVariable("AUTOMIRROR_WRITE_GOLDEN") == "1")
            File.WriteAllText(SamTemplate.Path, expected);

        Assert.Single(Written().Matches(template));
        Assert.Equal(expected, File.ReadAllText(SamTemplate.Path));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Every_document_that_the_schema_allows_is_let_in()
    {
        string[] allowed =
        [
            "{}", " {\n} ", """{"mode": "observe"}""", """{ "sessionNumber" : 32766 , "packetLength" : null , "virtualNetworkId" : 0 }""",
            """{"tagLevels":["interface","instance"],"untagged":"a \"quoted\" sensor"}""",
            """{"exclude":{"tags":{"any key":["a","b"]},"vpcs":[]}}""",
            """{"sensors":{"ids":{"filter":"tmf-0123456789abcdef0","virtualNetworkId":"perVpc"},"x":null}}""",
            """{"sensors":{"ids":{"defaultFor":["vpc-0a1b2c3d", "subnet-0a1b2c3d"]}}}""",
            """{"limits":{"deletes":0,"percent":100,"scopedDeletes":10000},"guardDuty":{"severity":6.5,"hours":8760,"sensor":"ids"}}""",
            """{"sessionTags":{"cost-centre":"4711"},"mandatory":{"tags":{"tier":["*"]},"sensor":"ids"},"participants":true}""",
        ];
        foreach (var policy in allowed)
        {
            var stack = await SamTemplate.DeployAsync(Target, ("Policy", policy));
            Assert.Equal(policy, stack.Resources["PolicyParameter"]["Value"]!.ToString());
        }
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task A_slip_is_refused()
    {
        string[] slips =
        [
            "", "[]", "null", "{", "{} {}", """{"mode":"snyc"}""", """{"exlcude":{}}""", """{"sessionNumber":99999}""",
            """{"sessionNumber":32767}""", """{"sessionNumber":0}""", """{"sessionNumber":"1"}""", """{"packetLength":128.5}""",
            """{"packetLength":8501}""", """{"virtualNetworkId":16777216}""", """{"virtualNetworkId":"perSubnet"}""",
            """{"exclude":{"vpc":["vpc-0a1b2c3d"]}}""", """{"exclude":{"vpcs":["subnet-0a1b2c3d"]}}""", """{"limits":{"percent":101}}""",
            """{"sensors":{"ids":{"filters":"tmf-0a1b2c3d"}}}""", """{"sensors":{"ids":{"hosts":"hidden"}}}""",
            """{"tagLevels":["instance","account"]}""", """{"participants":"true"}""", """{"mode":"off",}""",
            """{"mode":"off" "onStop":"keep"}""",
            """{"tagKey":"aws:Mirror"}""", """{"sessionTags":{"Name":"x"}}""", """{"sessionTags":{"AutoMirror:until":"x"}}""",
        ];
        foreach (var slip in slips)
        {
            var refused = await Record.ExceptionAsync(() => SamTemplate.DeployAsync(Target, ("Policy", slip)));
            Assert.True(refused is ArgumentException, slip);
        }
    }

    /// <summary>CloudFormation allows a parameter 4096 characters: the pattern answers at once for the worst of them, too.</summary>
    [Fact]
    public void A_long_document_that_is_wrong_at_its_end_is_refused_at_once()
    {
        var tags = string.Join(',', Enumerable.Range(0, 250).Select(number => $"\"key{number}\":[\"\"]"));
        var pattern = new Regex(PolicyPattern.Of(Schema), RegexOptions.None, TimeSpan.FromSeconds(5));

        Assert.Matches(pattern, $"{{\"exclude\":{{\"tags\":{{{tags}}}}}}}");
        Assert.DoesNotMatch(pattern, $"{{\"exclude\":{{\"tags\":{{{tags}}}}},\"mode\":\"snyc\"}}");
    }

    /// <summary>A text in double quotes, over several lines.</summary>
    private static string Yaml(string pattern)
    {
        var escaped = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        // No line ends within an escape, nor before a space, which YAML would take for indentation.
        return $"\"{string.Join("\\\n      ", Piece().Matches(escaped).Select(piece => piece.Value))}\"";
    }

    [GeneratedRegex(@"(?:\\.|[^\\]){1,100}")]
    private static partial Regex Piece();

    [GeneratedRegex("(?<before>\n  Policy:\n(?:    .*\n)*?    AllowedPattern: )(?<pattern>\"(?:[^\"\\\\]|\\\\.|\\\\\n)*\"|.*)\n")]
    private static partial Regex Written();
}

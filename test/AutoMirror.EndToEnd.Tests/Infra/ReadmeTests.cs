using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Core.Model;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>What the pages under infra/ say of the templates is so.</summary>
public sealed partial class ReadmeTests
{
    private static readonly (string, string) Target = ("DefaultTarget", "tmt-0b71de94af3c20586");
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("infra", "README.md"));
    private static readonly string Runbook = File.ReadAllText(Repository.PathOf("infra", "runbook.md"));
    private static readonly string Security = File.ReadAllText(Repository.PathOf("infra", "security.md"));
    private static readonly string Static = File.ReadAllText(Repository.PathOf("infra", "static", "README.md"));

    [Fact]
    public void Every_file_of_the_first_table_exists()
    {
        var top = Readme[..Readme.IndexOf("## ", StringComparison.Ordinal)];
        foreach (Match row in Regex.Matches(top, @"^\| `([^`]+)`", RegexOptions.Multiline))
            Assert.True(Path.Exists(Repository.PathOf("infra", row.Groups[1].Value)), row.Value);
    }

    [Fact]
    public void Every_path_in_a_command_exists_but_for_what_the_build_makes()
    {
        foreach (Match path in Regex.Matches(Commands(Readme) + Commands(Runbook) + Commands(Static), @"(?<![\w./])infra/[\w./-]+"))
            Assert.True(Path.Exists(Repository.PathOf(path.Value)), path.Value);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_settings_and_their_defaults_are_those_of_the_template_and_of_the_module()
    {
        var parameters = JsonNode.Parse(await SamTemplate.JsonAsync())!["Parameters"]!;
        var module = string.Concat(
            ((string[])["variables.tf", "platform.tf"]).Select(file => File.ReadAllText(Repository.PathOf("infra", "terraform", file))));
        var rows = Regex.Matches(Readme, @"^\| (?:`(\w+)`)? ?\| (?:`(\w+)`)? ?\| ([^|]+) \|", RegexOptions.Multiline);

        Assert.InRange(rows.Count, 30, 60);
        foreach (Match row in rows)
        {
            var said = row.Groups[3].Value.Trim('`');
            if (row.Groups[1].Success)
            {
                Assert.Equal(
                    (row.Groups[1].Value, said), (row.Groups[1].Value, parameters[row.Groups[1].Value]!["Default"]!.ToString() switch
                    {
                        "" => "none",
                        "ENABLED" => "on",
                        "DISABLED" => "off",
                        var value => value,
                    }));
            }

            if (row.Groups[2].Success)
            {
                Assert.Equal((row.Groups[2].Value, said), (row.Groups[2].Value,
                    Regex.Match(
                        module,
                        $"variable \"{row.Groups[2]}\" {{\n(?:[^}}\n].*\n|\n)*?  default += ([^\n]+)").Groups[1].Value.Trim('"') switch
                    {
                        "null" or "[]" => "none",
                        "{}" => said == "{}" ? "{}" : "none",
                        "true" => said == "true" ? "true" : "on",
                        "false" => said == "false" ? "false" : "off",
                        var value => value,
                    }));
            }
        }
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_parameters_in_the_commands_exist()
    {
        var parameters = JsonNode.Parse(await SamTemplate.JsonAsync())!["Parameters"]!.AsObject();

        var named = Regex.Matches(Commands(Readme), @"--parameter-overrides ((?:\w+=\S+ ?)+)")
            .SelectMany(m => Regex.Matches(m.Value, @"(\w+)=")).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(parameters.ContainsKey(name), name));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_deploy_commands_parameters_are_enough_and_an_output_is_what_the_page_says()
    {
        var stack = await SamTemplate.DeployAsync(("CapturePoints", "eni-0123456789abcdef0"));

        Assert.Equal("automirror", stack.Outputs["FunctionName"]);
        foreach (var output in (string[])["FilterId", "DefaultTargets"])
            Assert.Contains($"`{output}`", Readme, StringComparison.Ordinal);
        Assert.NotEmpty(stack.Outputs["FilterId"]);
        Assert.NotEmpty(stack.Outputs["DefaultTargets"]);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Every_alarm_has_its_line_and_every_line_its_alarm()
    {
        var alarms = (await SamTemplate.DeployAsync(Target)).OfType("AWS::CloudWatch::Alarm")
            .Select(alarm => alarm["AlarmName"]!.ToString());

        Assert.Equal(
            alarms.Order(),
            Regex.Matches(Readme, @"^\| `<deployment>(-[a-z-]+)` \|", RegexOptions.Multiline)
                .Select(m => $"automirror{m.Groups[1]}").Order());
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_environment_is_all_of_what_the_page_lists()
    {
        var variables = new HashSet<string>();
        foreach (var trust in (string[])["file", "folder"])
        {
            variables.UnionWith((await SamTemplate.DeployAsync(Target, ("Delivery", "queue"), ("AllowDeletes", "true"),
                ("TrustStore", trust)))
                .Resources["Function"]["Environment"]!["Variables"]!.AsObject().Select(v => v.Key));
        }

        var paragraph = Regex.Match(Readme, "The function's environment:.*?\n\n", RegexOptions.Singleline).Value;

        Assert.Equal(
            variables.Order(),
            Regex.Matches(paragraph, "`((AUTOMIRROR|SSL)_[A-Z_]+)`").Select(m => m.Groups[1].Value).Distinct().Order());
    }

    /// <summary>An action of EC2 and SSM in the role has its line under "What to
    /// expect in CloudTrail", and no line is without one.</summary>
    [Fact]
    public void The_security_page_lists_every_action_of_the_code()
    {
        var start = Security.IndexOf("## What to expect", StringComparison.Ordinal);
        var table = Security[start..Security.IndexOf("## What to allow", StringComparison.Ordinal)];

        Assert.Equal(
            IamActions.Called.Where(action => !action.StartsWith("sqs:", StringComparison.Ordinal)).Select(action => action.Split(':')[1])
                .Order(),
            Regex.Matches(table, @"^\| (`\w+`(?:, `\w+`)*) \|", RegexOptions.Multiline)
                .SelectMany(row => Regex.Matches(row.Groups[1].Value, @"\w+")).Select(m => m.Value).Order());
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_role_is_called_what_the_security_page_says_and_trusts_Lambda_alone()
    {
        var role = (await SamTemplate.DeployAsync(Target)).Resources["Role"];

        Assert.Equal("automirror-us-east-1", role["RoleName"]!.ToString());
        Assert.Equal(
            """[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]""",
            role["AssumeRolePolicyDocument"]!["Statement"]!.ToJsonString());
        Assert.Equal("network-mirror", (await SamTemplate.DeployAsync(Target, ("RoleName", "network-mirror"))).Outputs["RoleName"]);
    }

    /// <summary>What others may not tag is every key of AutoMirror's, and the page says what each of them would do.</summary>
    [Fact]
    public void The_service_control_policy_guards_every_tag_that_counts()
    {
        var policy = JsonNode.Parse(Regex.Match(Security, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value)!;
        var statements = policy["Statement"]!.AsArray().ToDictionary(statement => statement!["Sid"]!.ToString(), statement => statement!);
        string[] keys = [Ownership.ManagedByKey, Ownership.SensorKey, Ownership.UntilKey, Ownership.SetKey, Ownership.SensorHostKey];

        Assert.All(statements.Values, statement => Assert.Equal("Deny", statement["Effect"]!.ToString()));
        Assert.Equal("automirror:*", statements["AutoMirrorsTags"]["Condition"]!["ForAnyValue:StringLike"]!["aws:TagKeys"]![0]!.ToString());
        Assert.Equal("true", statements["AllTagsAtOnce"]["Condition"]!["Null"]!["aws:TagKeys"]!.ToString());
        foreach (var key in keys)
        {
            Assert.StartsWith("automirror:", key, StringComparison.Ordinal);
            Assert.Contains($"`{key}`", Security, StringComparison.Ordinal);
        }
    }

    private static string Commands(string page) =>
        string.Join('\n', Regex.Matches(page, "```sh\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value));
}

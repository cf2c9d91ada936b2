using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The SAM template, the Terraform module and the dotnet tool's settings make the same thing of their defaults.</summary>
public sealed class AgreementTests
{
    private static readonly (string, string) Target = ("DefaultTarget", "tmt-0b71de94af3c20586");

    [NeedsSamAndTerraformFact]
    public async Task The_template_and_the_module_make_the_same_function()
    {
        var sam = (await SamTemplate.DeployAsync(Target)).Resources["Function"];
        var terraform = (await LeastAsync()).Single(r => r.Type == "aws_lambda_function");
        static IEnumerable<string> Variables(JsonNode? variables) => variables!.AsObject().Select(v => $"{v.Key}={v.Value}").Order();

        Assert.Equal(
            Values(sam, ["FunctionName", "Runtime", "Handler", "MemorySize", "Timeout", "ReservedConcurrentExecutions"]),
            Values(terraform.Values, ["function_name", "runtime", "handler", "memory_size", "timeout", "reserved_concurrent_executions"]));
        Assert.Equal(Variables(sam["Environment"]!["Variables"]), Variables(terraform.Values["environment"]![0]!["variables"]));
        Assert.Equal(
            Values(sam["LoggingConfig"]!, ["LogFormat", "ApplicationLogLevel", "SystemLogLevel", "LogGroup"]),
            Values(terraform.Values["logging_config"]![0]!, ["log_format", "application_log_level", "system_log_level", "log_group"]));
    }

    [NeedsSamAndTerraformFact]
    public async Task The_template_and_the_module_draw_the_same_dashboard()
    {
        static IEnumerable<string> Widgets(string dashboard) =>
            JsonNode.Parse(dashboard)!["widgets"]!.AsArray().Select(w => string.Join(' ',
            w!["type"], w["x"], w["y"], w["width"], w["height"], w["properties"]!["title"], w["properties"]!["query"],
            string.Join(", ", Abbreviated(w["properties"]!["metrics"]?.AsArray() ?? []))));

        Assert.Equal(
            Widgets((await SamTemplate.DeployAsync(Target)).Resources["Dashboard"]["DashboardBody"]!.ToString()),
            Widgets((await LeastAsync()).Single(r => r.Type == "aws_cloudwatch_dashboard")["dashboard_body"]));

        // In a widget "." stands for what the metric before has at that place.
        static IEnumerable<string> Abbreviated(JsonArray metrics)
        {
            JsonArray before = [];
            foreach (var metric in metrics.Select(m => m!.AsArray()))
            {
                yield return string.Join('/', metric.Select((part, place) => part!.ToString() == "." ? before[place] : part));
                before = metric[0]!.ToString() == "." ? before : metric;
            }
        }
    }

    /// <summary>What <c>dotnet lambda deploy-function</c> makes is the template's function.</summary>
    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_settings_of_the_dotnet_tool_are_the_templates_defaults()
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("aws-lambda-tools-defaults.json")))!;
        var function = (await SamTemplate.DeployAsync(Target)).Resources["Function"];

        foreach (var (setting, property) in new Dictionary<string, string>
        {
            ["function-name"] = "FunctionName", ["function-description"] = "Description", ["function-runtime"] = "Runtime",
            ["function-handler"] = "Handler", ["function-memory-size"] = "MemorySize", ["function-timeout"] = "Timeout",
        })
        {
            Assert.Equal(function[property]!.ToString(), settings[setting]!.ToString());
        }

        Assert.Equal(function["Architectures"]![0]!.ToString(), settings["function-architecture"]!.ToString());
        Assert.Equal(function["LoggingConfig"]!["LogFormat"]!.ToString(), settings["log-format"]!.ToString());
        Assert.Equal(function["LoggingConfig"]!["ApplicationLogLevel"]!.ToString(), settings["log-application-level"]!.ToString());
        Assert.Equal(
            function["Environment"]!["Variables"]!.AsObject().Where(v => v.Key != "AUTOMIRROR_ROLE_NAME").Select(v => $"{v.Key}={v.Value}"),
            Regex.Matches(settings["append-environment-variables"]!.ToString(), "\"([^\"]+)\"=\"([^\"]+)\"")
                .Select(m => $"{m.Groups[1]}={m.Groups[2]}"));
    }

    private static async Task<List<TerraformResource>> LeastAsync() => (await TerraformModule.TestRunAsync()).States["the_least"];

    private static string Values(JsonNode properties, params IEnumerable<string> names) =>
        string.Join(' ', names.Select(name => properties[name]));
}

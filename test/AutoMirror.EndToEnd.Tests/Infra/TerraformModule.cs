using System.Text.Json.Nodes;
using AutoMirror.Testing;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The Terraform module, in a copy of its own, initialised, and what its tests made on an imagined account.</summary>
/// <remarks>
/// Provider plugins come from the folder that AUTOMIRROR_TF_PLUGIN_DIR names: no test reaches for the network.
/// </remarks>
internal static class TerraformModule
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["TF_IN_AUTOMATION"] = "1",
        ["TF_CLI_CONFIG_FILE"] = null,
        ["CHECKPOINT_DISABLE"] = "1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private static readonly Lazy<string?> Problem = new(() => Task.Run(InitializeAsync).GetAwaiter().GetResult());
    private static readonly Lazy<Task<TerraformTestRun>> Run = new(TestAsync);

    /// <summary>The module's folder in the repository.</summary>
    public static string Source { get; } = Repository.PathOf("infra", "terraform");

    /// <summary>Why Terraform can't be used here; null when it can.</summary>
    public static string? WhyNot => Problem.Value;

    /// <summary>The run of the module's own tests.</summary>
    public static Task<TerraformTestRun> TestRunAsync() => Run.Value;

    /// <summary>Runs Terraform in a folder.</summary>
    public static Task<ToolResult> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, arguments, new Dictionary<string, string?>());

    /// <summary>Runs Terraform in a folder, with an environment that leads to an account.</summary>
    public static Task<ToolResult> RunAsync(string folder, string[] arguments, IReadOnlyDictionary<string, string?> account) =>
        Tool.RunAsync(
            "terraform", arguments, Environment.Concat(account).ToDictionary(), folder: folder, timeLimit: TimeSpan.FromMinutes(10));

    /// <summary>Where `terraform init` finds the provider; nothing where no folder is named.</summary>
    public static string[] Plugins { get; } =
        System.Environment.GetEnvironmentVariable("AUTOMIRROR_TF_PLUGIN_DIR") is { Length: > 0 } folder ? [$"-plugin-dir={folder}"] : [];

    /// <summary>Copies a folder, without what Terraform left there, and initialises the copy.</summary>
    public static async Task<(string Folder, ToolResult Result)> InitializedCopyAsync(string source)
    {
        var copy = Directory.CreateTempSubdirectory("automirror-terraform-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(copy, recursive: true);
        foreach (var file in Directory.EnumerateFiles(source, "*.*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Contains(".terraform", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(copy, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return (copy, await RunAsync(copy, ["init", "-no-color", "-input=false", "-backend=false", .. Plugins]));
    }

    private static string? _folder;

    private static async Task<string?> InitializeAsync()
    {
        if (!Tool.IsOnPath("terraform"))
            return "this machine lacks terraform";
        if (Plugins.Length == 0)
            return "no folder with Terraform's AWS provider (AUTOMIRROR_TF_PLUGIN_DIR names one, terraform providers mirror makes one)";
        var (folder, result) = await InitializedCopyAsync(Source);
        _folder = folder;
        return result.ExitCode == 0 ? null
            : $"terraform init fails with the provider in AUTOMIRROR_TF_PLUGIN_DIR: {result.Error.Trim().ReplaceLineEndings(" ")}";
    }

    /// <summary>The initialised copy of the module.</summary>
    public static string Folder => WhyNot is null ? _folder! : throw new InvalidOperationException(WhyNot);

    private static async Task<TerraformTestRun> TestAsync()
    {
        // With all that they print, runs bring the schemas of the whole provider: so only those whose states are looked at.
        const string Looked = "module.tftest.hcl";
        var files = Directory.GetFiles(Path.Combine(Folder, "tests"), "*.hcl").Select(file => Path.GetFileName(file)).Order();
        var looked = await RunAsync(Folder, "test", "-json", "-verbose", $"-filter=tests/{Looked}");
        var others = await RunAsync(Folder, ["test", "-json", .. files.Except([Looked]).Select(file => $"-filter=tests/{file}")]);
        var messages = (looked.Output + "\n" + others.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!).ToList();
        return new TerraformTestRun(
            Math.Max(looked.ExitCode, others.ExitCode),
            [.. messages.Where(m => m["type"]!.ToString() == "test_run" && m["test_run"]!["status"] is not null)
                .Select(m => (m["test_run"]!["run"]!.ToString(), m["test_run"]!["status"]!.ToString()))],
            messages.Where(m => m["type"]!.ToString() == "test_state")
                .ToDictionary(m => m["@testrun"]!.ToString(), m => Flatten(m["test_state"]!["root_module"]!)),
            string.Join('\n', messages.Where(m => m["type"]!.ToString() == "diagnostic").Select(m => m["diagnostic"]!.ToJsonString())));
    }

    private static List<TerraformResource> Flatten(JsonNode module) =>
    [
        .. (module["resources"]?.AsArray() ?? [])
            .Select(r => new TerraformResource(r!["address"]!.ToString(), r["type"]!.ToString(), r["values"]!.AsObject())),
        .. (module["child_modules"]?.AsArray() ?? []).SelectMany(child => Flatten(child!)),
    ];
}

/// <summary>A resource as it stands in Terraform's state.</summary>
internal sealed record TerraformResource(string Address, string Type, JsonObject Values)
{
    public string this[string attribute] => Values[attribute]?.ToString() ?? "";
}

/// <summary>What `terraform test` did: how each run ended, and what it had made by then.</summary>
internal sealed record TerraformTestRun(
    int ExitCode,
    IReadOnlyList<(string Run, string Status)> Runs,
    IReadOnlyDictionary<string, List<TerraformResource>> States,
    string Diagnostics);

using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

public sealed class TerraformTests
{
    private static readonly string Static = Repository.PathOf("infra", "static", "terraform");

    [NeedsToolFact("terraform")]
    public async Task The_files_are_formatted()
    {
        var result = await TerraformModule.RunAsync(Repository.PathOf("infra"), "fmt", "-check", "-recursive", "-diff", "-no-color");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [NeedsTerraformFact]
    public async Task The_module_is_valid()
    {
        var result = await TerraformModule.RunAsync(TerraformModule.Folder, "validate", "-no-color");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [NeedsTerraformFact]
    public async Task The_modules_own_tests_pass_and_its_examples_are_among_them()
    {
        var run = await TerraformModule.TestRunAsync();

        Assert.True(run.ExitCode == 0, run.Diagnostics);
        Assert.All(run.Runs, r => Assert.Equal("pass", r.Status));
        Assert.Equal(
            Directory.GetDirectories(Path.Combine(TerraformModule.Source, "examples")).Select(Path.GetFileName).Order(),
            run.Runs.Select(r => r.Run.Replace('_', '-'))
                .Intersect(Directory.GetDirectories(Path.Combine(TerraformModule.Source, "examples"))
                .Select(folder => Path.GetFileName(folder)!)).Order());
    }

    [NeedsTerraformFact]
    public async Task The_static_example_is_valid_and_its_tests_pass()
    {
        var (folder, initialized) = await TerraformModule.InitializedCopyAsync(Static);
        Assert.True(initialized.ExitCode == 0, initialized.Error);

        var validated = await TerraformModule.RunAsync(folder, "validate", "-no-color");
        var tested = await TerraformModule.RunAsync(folder, "test", "-no-color");

        Assert.True(validated.ExitCode == 0, validated.Output + validated.Error);
        Assert.True(tested.ExitCode == 0, tested.Output + tested.Error);
    }
}

using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>test</c>.</summary>
public sealed class PolicyTestTests : IDisposable
{
    private const string Policy = """{"exclude":{"instanceTypes":["t3.*"],"vpcs":["vpc-9"]},"sessionNumber":4,"mandatory":{"tags":{"pci":["yes"]},"sensor":"ids"}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Cases_that_hold_are_0_and_what_no_case_notices_is_named()
    {
        var cases = Write("""
            {"name":"opted in","given":{"tags":{"Mirror":"true"}},"expect":{"verdict":"mirrored","sensor":"default","sessionNumber":4}},
            {"name":"t3","given":{"instanceType":"t3.small","tags":{"Mirror":"true"}},"expect":{"verdict":"excluded","because":"t3.small"}},
            {"name":"pci","given":{"tags":{"pci":"yes"}},"expect":{"verdict":"mirrored","sensor":"ids"}},
            {"name":"a database","given":{"instanceType":null},"expect":{"verdict":"excluded"}}
            """);

        var plain = CliResult.Read(await Programs.CliAsync(["test", cases, "--json"], CliResult.Nowhere), exitCode: 0);
        Assert.Equal((4, 0), (plain.GetProperty("asExpected").GetInt32(), plain.GetProperty("differ").GetInt32()));

        var mutated = CliResult.Read(await Programs.CliAsync(["test", cases, "--mutate", "--json"], CliResult.Nowhere), exitCode: 3);
        Assert.Equal(["exclude.vpcs[0]"], mutated.GetProperty("unnoticed").EnumerateArray().Select(path => path.GetString()));
    }

    [Fact]
    public async Task A_case_that_differs_is_3_and_says_what()
    {
        var cases = Write("""{"name":"mine","given":{"tags":{"Mirror":"no"}},"expect":{"verdict":"mirrored","sensor":"ids"}}""");

        var result = await Programs.CliAsync(["test", cases], CliResult.Nowhere);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("verdict: expected mirrored, and it is opted-out", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"typo","given":{"tag":{"Mirror":"no"}},"expect":{}}""")]
    [InlineData("""{"name":"neither","expect":{}}""")]
    [InlineData("""{"name":"state","given":{"state":"asleep"},"expect":{}}""")]
    public async Task Cases_that_are_wrong_are_2(string cases)
    {
        var result = await Programs.CliAsync(["test", Write(cases)], CliResult.Nowhere);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
    }

    private string Write(string cases)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "policy.json"), Policy);
        var path = Path.Combine(_folder.FullName, "cases.json");
        File.WriteAllText(path, $$"""{"policy":"policy.json","sensors":["ids"],"cases":[{{cases}}]}""");
        return path;
    }
}

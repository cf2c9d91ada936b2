using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>check</c>.</summary>
public sealed class CheckTests
{
    [Fact]
    public async Task A_policy_that_the_function_takes_is_0()
    {
        var result = await Programs.CliAsync(["check", "-"], CliResult.Nowhere, """{"mode":"observe","exclude":{"vpcs":["vpc-1"]}}""");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Every_error_has_its_place()
    {
        var result = await Programs.CliAsync(
            ["check", "-", "--json"], CliResult.Nowhere, "{\n \"é\":1,\n  \"exclude\": {\"vpcs\": [\"vpc-1\", \"x\"]},\n \"mode\": 5}");

        var document = CliResult.Read(result, exitCode: 1);
        Assert.False(document.GetProperty("isValid").GetBoolean());
        Assert.Equal(
            ["exclude.vpcs[1] 3:33", "mode 4:2", "é 2:2"],
            document.GetProperty("errors").EnumerateArray()
                .Select(each => $"{each.GetProperty("field")} {each.GetProperty("line")}:{each.GetProperty("column")}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_JSON_says_where()
    {
        var result = await Programs.CliAsync(["check", "-"], CliResult.Nowhere, "{\n \"mode\": }");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("LineNumber: 1", result.Output, StringComparison.Ordinal);
    }
}

using System.Text;
using System.Text.Json;
using AutoMirror.Aws.Hosting;
using AutoMirror.Lambda;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class ErrorDocumentTests
{
    [Theory]
    [InlineData("AutoMirror.Misconfigured", "AutoMirror.Misconfigured")]
    [InlineData("Größe", "Gr__e")]
    [InlineData("A\r\nX-Injected: 1", "A__X-Injected:_1")]
    [InlineData("tab\tand\u0000nul\u007f", "tab_and_nul_")]
    [InlineData("", "Function.Unknown")]
    public void An_error_type_becomes_a_header_value_of_visible_ASCII(string errorType, string header) =>
        Assert.Equal(header, ErrorDocument.HeaderValue(errorType));

    [Fact]
    public void A_long_error_type_is_cut() => Assert.Equal(new string('x', 128), ErrorDocument.HeaderValue(new string('x', 5_000)));

    [Theory]
    [InlineData("\u0001")]
    [InlineData("😀")]
    [InlineData("\ud800")]
    [InlineData("é")]
    public void A_huge_failure_stays_under_256_KB_and_is_valid_JSON(string character)
    {
        var huge = string.Concat(Enumerable.Repeat(character, 200_000));

        var body = ErrorDocument.Body(new InvocationOutcome.Failed(huge, huge, [.. Enumerable.Repeat(huge, 1_000)]));

        Assert.True(body.Length < 256 * 1024);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(50, json.RootElement.GetProperty("stackTrace").GetArrayLength());
        Assert.EndsWith(" more characters)", json.RootElement.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_is_never_cut_through_the_middle_of_a_character()
    {
        var message = new string('x', ErrorDocument.LongestMessage - 1) + "😀😀";

        var text = Encoding.UTF8.GetString(ErrorDocument.Body(new InvocationOutcome.Failed("A", message, [])).Span);

        Assert.Contains("x… (4 more characters)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_is_readable_as_it_stands() =>
        Assert.Equal(
            """{"errorMessage":"policy.mode: \"synch\" → allowed: 'sync'","errorType":"AutoMirror.Misconfigured","stackTrace":[]}""",
            Encoding.UTF8.GetString(ErrorDocument.Body(new InvocationOutcome.Failed(
                "AutoMirror.Misconfigured", "policy.mode: \"synch\" → allowed: 'sync'", [])).Span));
}

using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;
using AutoMirror.Cli.Connecting;

namespace AutoMirror.Cli.Tests.Connecting;

/// <summary>The signatures are those that botocore makes of the same requests.</summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData(
        null,
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260304/eu-west-1/monitoring/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
            + "Signature=7f565bd61d9b755615db7f5812ccd8b6b588ed7473657a734fac28fc9142c7ef")]
    [InlineData(
        "token/with+signs=",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260304/eu-west-1/monitoring/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, "
            + "Signature=d54fca2a7ca678b2d365ec0dfd99c3e76750c3ea99bd99ee843ec81164ea4dcb")]
    public void A_request_is_signed_as_botocore_signs_it(string? token, string expected)
    {
        var body = Encoding.UTF8.GetBytes("""{"StartTime":1}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://monitoring.eu-west-1.amazonaws.com/");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "GraniteServiceVersion20100801.GetMetricData");
        var credentials = new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token);

        SignatureV4.Sign(request, body, credentials, "eu-west-1", "monitoring", new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

        Assert.Equal(expected, Assert.Single(request.Headers.GetValues("Authorization")));
        Assert.Equal("20260304T050607Z", Assert.Single(request.Headers.GetValues("X-Amz-Date")));
    }
}

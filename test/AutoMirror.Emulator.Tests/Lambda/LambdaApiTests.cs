using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Lambda;

/// <summary>Functions over the wire.</summary>
public sealed class LambdaApiTests : FunctionTests
{
    [NeedsToolFact("python3")]
    public async Task New_code_runs_after_an_update_and_nothing_after_a_deletion()
    {
        var created = await SendAsync("POST", "functions", Creation("handle = lambda event: 'old'"));
        Assert.Equal((HttpStatusCode.Created, "Pending"), (created.Status, created.Body!["State"]!.ToString()));
        Assert.Equal("\"old\"", await CallAsync());

        await SendAsync("PUT", "functions/f/code", new() { ["ZipFile"] = Convert.ToBase64String(Program("handle = lambda event: 'new'")) });
        Assert.Equal("\"new\"", await CallAsync());
        await SendAsync("PUT", "functions/f/configuration",
            new() { ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["A"] = "b" } } });
        Assert.Equal("\"new\"", await CallAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("DELETE", "functions/f", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("POST", "functions/f/invocations", [])).Status);
    }

    [NeedsToolFact("python3")]
    public async Task An_invocation_gives_the_end_of_its_log_when_asked()
    {
        Create("handle = lambda event: print('a line', flush=True)");
        using var request = Request("POST", "functions/f/invocations", []);
        request.Headers.Add("X-Amz-Log-Type", "Tail");

        using var answer = await Http.SendAsync(request);

        var log = Encoding.UTF8.GetString(Convert.FromBase64String(answer.Headers.GetValues("X-Amz-Log-Result").Single()));
        Assert.StartsWith("START RequestId: ", log, StringComparison.Ordinal);
        Assert.Contains("\na line\nEND RequestId: ", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "2015-03-31/functions")]
    [InlineData("POST", "2015-03-31/functions/f/invocations")]
    [InlineData("PUT", "2015-03-31/functions/f/code")]
    [InlineData("GET", "2018-06-01/runtime/invocation/next")]
    [InlineData("POST", "")]
    [InlineData("POST", "_automirror/reset")]
    public async Task A_page_in_a_browser_gets_no_answer(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(Server.Url, path)) { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "https://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, (await Http.SendAsync(request)).StatusCode);
        Assert.Empty(Server.Cloud.Lambda.Functions);
    }

    /// <summary>A name that somebody has made lead to this machine ("DNS rebinding") gets no answer either.</summary>
    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    public async Task Only_requests_to_this_machine_are_answered(string host, bool isAnswered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Url, "_automirror/"));
        request.Headers.Host = $"{host}:{Server.Url.Port}";

        Assert.Equal(isAnswered, (await Http.SendAsync(request)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_unpacks_to_more_than_a_request_may_hold_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var written = 0; written < 65; written++)
                await zip.WriteAsync(zeros);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Http.PostAsync(Server.Url, content)).StatusCode);
    }

    [Fact]
    public async Task A_role_that_Lambda_may_not_assume_is_refused()
    {
        Server.Cloud.Iam.Roles.Create("person", Iam.Trust.Account);
        var creation = Creation("");
        creation["Role"] = "arn:aws:iam::123456789012:role/person";

        var (status, body) = await SendAsync("POST", "functions", creation);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "The role defined for the function cannot be assumed by Lambda."),
                (status, body!["Message"]!.ToString()));
    }

    [Theory]
    [InlineData("Timeout", "901")]
    [InlineData("MemorySize", "64")]
    [InlineData("Runtime", "\"cobol\"")]
    [InlineData("Environment", """{"Variables":{"AWS_REGION":"x"}}""")]
    [InlineData("LoggingConfig", """{"LogFormat":"Text","SystemLogLevel":"INFO"}""")]
    [InlineData("VpcConfig", """{"SubnetIds":["subnet-1"],"SecurityGroupIds":[]}""")]
    [InlineData("Code", """{"ZipFile":"bm8gemlw"}""")]
    [InlineData("Code", """{"S3Bucket":"bucket","S3Key":"k"}""")]
    public async Task A_wrong_setting_is_refused(string member, string value)
    {
        var creation = Creation("");
        creation[member] = JsonNode.Parse(value);

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("POST", "functions", creation)).Status);
        Assert.Empty(Server.Cloud.Lambda.Functions);
    }

    /// <summary>Lambda passes on what S3 says.</summary>
    [Fact]
    public async Task Code_out_of_a_bucket_is_the_version_that_is_named_or_the_latest()
    {
        var (older, newer) = (Program("handle = lambda event: 1"), Program("handle = lambda event: 2"));
        var version = Server.Cloud.Lambda.Packages.Put("artifacts", "f.zip", older);
        Server.Cloud.Lambda.Packages.Put("artifacts", "f.zip", newer);
        var creation = Creation("");
        async Task<string> SaidAsync(string bucket, string key, string? named = null)
        {
            creation["Code"] = new JsonObject { ["S3Bucket"] = bucket, ["S3Key"] = key, ["S3ObjectVersion"] = named };
            return (await SendAsync("POST", "functions", creation)).Body!["Message"]!.ToString();
        }

        Assert.Contains("NoSuchBucket", await SaidAsync("others", "f.zip"), StringComparison.Ordinal);
        Assert.Contains("NoSuchKey", await SaidAsync("artifacts", "g.zip"), StringComparison.Ordinal);
        Assert.Contains("NoSuchVersion", await SaidAsync("artifacts", "f.zip", "none"), StringComparison.Ordinal);
        var code = new JsonObject { ["S3Bucket"] = "artifacts", ["S3Key"] = "f.zip", ["S3ObjectVersion"] = version };
        creation["Code"] = code.DeepClone();
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "functions", creation)).Status);
        Assert.Equal(older, Server.Cloud.Lambda.Find("f")!.Code.Zip);
        code.Remove("S3ObjectVersion");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("PUT", "functions/f/code", code)).Status);
        Assert.Equal(newer, Server.Cloud.Lambda.Find("f")!.Code.Zip);
    }

    [NeedsToolFact("python3")]
    public async Task A_reserved_concurrency_refuses_callers_above_it_and_lets_events_wait()
    {
        var function = Create("handle = lambda event: time.sleep(1)");
        Assert.Equal(
            HttpStatusCode.OK,
            (await SendAsync("PUT", "functions/f/concurrency", new() { ["ReservedConcurrentExecutions"] = 1 }, "2017-10-31")).Status);
        var first = SendAsync("POST", "functions/f/invocations", []);
        await UntilAsync(() => function.Host.Running + function.Host.Pending == 1);

        var second = await SendAsync("POST", "functions/f/invocations", []);
        function.Host.Enqueue("{}");

        Assert.Equal(HttpStatusCode.TooManyRequests, second.Status);
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        await function.Host.WhenIdleAsync().WaitAsync(Patience);
        Assert.Equal(2, function.Host.Results.Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(
            "PUT", "functions/f/concurrency", new() { ["ReservedConcurrentExecutions"] = 950 }, "2017-10-31")).Status);
    }

    private JsonObject Creation(string handler) => new()
    {
        ["FunctionName"] = "f", ["Role"] = Role(), ["Runtime"] = "provided.al2023", ["Handler"] = "bootstrap", ["Timeout"] = 10,
        ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Program(handler)) },
    };

    private async Task<string> CallAsync()
    {
        using var request = Request("POST", "functions/f/invocations", []);
        return await (await Http.SendAsync(request)).Content.ReadAsStringAsync();
    }

    private async Task<(HttpStatusCode Status, JsonObject? Body)> SendAsync(
        string method, string path, JsonObject? body, string version = "2015-03-31")
    {
        using var request = Request(method, path, body, version);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null);
    }

    private HttpRequestMessage Request(string method, string path, JsonObject? body, string version = "2015-03-31") =>
        new(new(method), new Uri(Server.Url, $"{version}/{path}"))
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
}

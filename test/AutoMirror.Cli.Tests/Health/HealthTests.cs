using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Health;

namespace AutoMirror.Cli.Tests.Health;

/// <summary>What CloudWatch's numbers say of mirroring, and what is made of its answers.</summary>
public sealed class HealthTests
{
    private static readonly BasicAWSCredentials Credentials = new("AKIA", "secret");

    [Theory]
    [InlineData(0, 0, 0, "Idle", 0)]
    [InlineData(100, 0, 0, "Silent", 0)]
    [InlineData(100, 90, 0, "Proven", 0)]
    [InlineData(100, 60, 20, "Losing", 0.25)]
    [InlineData(100, 0, 20, "Losing", 1)]
    public void Sums_say_how_an_instance_is(double traffic, double mirrored, double skipped, string health, double share)
    {
        var sums = new TrafficSums(traffic, mirrored, skipped);

        Assert.Equal((health, share), (sums.Health.ToString(), sums.SkippedShare));
    }

    [Fact]
    public async Task Metrics_are_asked_for_in_calls_of_500_at_the_most_and_added_up_over_pages()
    {
        var ids = Enumerable.Range(0, 200).Select(number => $"i-{number:x17}").ToList();
        using var http = new HttpClient(new Answers(input =>
        {
            var queries = input["MetricDataQueries"]!.AsArray();
            var isFirst = input["NextToken"] is null;
            return (HttpStatusCode.OK, new JsonObject
            {
                ["MetricDataResults"] = new JsonArray([.. queries.Select(query => new JsonObject
                {
                    ["Id"] = $"{query!["Id"]}", ["StatusCode"] = isFirst ? "PartialData" : "Complete", ["Values"] = new JsonArray(1, 2),
                })]),
                ["NextToken"] = isFirst ? "more" : null,
            }.ToJsonString());
        }, out var asked));

        var sums = await Client(http).SumAsync(ids, TimeSpan.FromHours(1), default);

        Assert.Equal(ids.Order(), sums.Keys.Order());
        Assert.All(sums.Values, each => Assert.Equal(new TrafficSums(12, 12, 12), each));
        Assert.All(asked, input => Assert.True(input["MetricDataQueries"]!.AsArray().Count <= CloudWatch.QueriesAtOnce));
        Assert.Equal(
            2 * HealthReading.MetricsOf(ids.Count), asked.Sum(input => input["MetricDataQueries"]!.AsArray().Count));
        var distinct = asked.SelectMany(input => input["MetricDataQueries"]!.AsArray()).Select(query =>
            query!["MetricStat"]!["Metric"]!.ToJsonString()).ToHashSet();
        Assert.Equal(HealthReading.MetricsOf(ids.Count), distinct.Count);
    }

    [Fact]
    public async Task An_instance_that_CloudWatch_could_not_answer_for_is_unknown()
    {
        using var http = new HttpClient(new Answers(input =>
        {
            var results = input["MetricDataQueries"]!.AsArray().Select(query => new JsonObject
            {
                ["Id"] = $"{query!["Id"]}", ["StatusCode"] = $"{query["Id"]}" == "q0" ? "InternalError" : "Complete",
                ["Values"] = new JsonArray(),
            });
            return (HttpStatusCode.OK, new JsonObject { ["MetricDataResults"] = new JsonArray([.. results]) }.ToJsonString());
        }, out _));

        var reading = await HealthReading.AskAsync(["i-1", "i-2"], () => Client(http), default);

        Assert.Equal((InstanceHealth.Unknown, InstanceHealth.Idle), (reading.Of("i-1"), reading.Of("i-2")));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, """{"__type":"com.amazon#AccessDenied","message":"not you"}""", "(403): AccessDenied: not you")]
    [InlineData(HttpStatusCode.BadGateway, "<html>a proxy</html>", "(502): <html>a proxy</html>")]
    [InlineData(HttpStatusCode.OK, "<html>a proxy</html>", "got no answer from monitoring.example")]
    public async Task Without_an_answer_health_is_unknown_and_says_why(HttpStatusCode status, string body, string why)
    {
        using var http = new HttpClient(new Answers(_ => (status, body), out _));

        var reading = await HealthReading.AskAsync(["i-1"], () => Client(http), default);

        Assert.Equal(InstanceHealth.Unknown, reading.Of("i-1"));
        Assert.Contains(why, reading.Problem, StringComparison.Ordinal);
        Assert.Equal(6, reading.Metrics);
    }

    private static CloudWatch Client(HttpClient http) =>
        new(new SignedService(http, new("https://monitoring.example/"), "monitoring", "eu-west-1", Credentials, TimeProvider.System));

    private sealed class Answers : HttpMessageHandler
    {
        private readonly Func<JsonObject, (HttpStatusCode, string)> _answer;
        private readonly List<JsonObject> _asked = [];

        public Answers(Func<JsonObject, (HttpStatusCode, string)> answer, out IReadOnlyList<JsonObject> asked) =>
            (_answer, asked) = (answer, _asked);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var input = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
            _asked.Add(input);
            var (status, body) = _answer(input);
            return new(status) { Content = new StringContent(body) };
        }
    }
}

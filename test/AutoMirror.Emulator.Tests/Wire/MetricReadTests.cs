using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.CloudWatch;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>What CloudWatch refuses to read, and how it counts periods and pages.</summary>
public sealed class MetricReadTests : ServerTests
{
    private const string Times = """ "StartTime":0,"EndTime":172800 """;
    private const string Metric = """ "Namespace":"Mine","MetricName":"m" """;

    [Theory]
    [InlineData("GetMetricStatistics", Metric + "," + Times + """,  "Period":60,"Statistics":["Sum"]""", "InvalidParameterCombination")]
    [InlineData("GetMetricStatistics", Metric + "," + Times + """, "Period":300""", "MissingRequiredParameter")]
    [InlineData(
        "GetMetricStatistics", Metric + "," + Times + """, "Period":300,"Statistics":["Sum"],"ExtendedStatistics":["p9"]""",
        "InvalidParameterCombination")]
    [InlineData("GetMetricStatistics", Metric + "," + Times + """, "Period":300,"ExtendedStatistics":["tm9"]""", "InvalidParameterValue")]
    [InlineData("GetMetricData", Times + """, "MetricDataQueries":[]""", "InvalidParameterValue")]
    [InlineData(
        "GetMetricData", Times + """, "MetricDataQueries":[{"Id":"a","MetricStat":{"Metric":{""" + Metric
            + """}, "Period":60,"Stat":"IQM"}}]""", "InvalidParameterValue")]
    [InlineData("GetMetricData", """ "StartTime":1e30,"EndTime":2e30,"MetricDataQueries":[]""", "InvalidParameterValue")]
    [InlineData("ListMetrics", """ "NextToken":"nonsense" """, "InvalidNextToken")]
    [InlineData("ListMetrics", """ "IncludeLinkedAccounts":true """, "InvalidParameterValue")]
    [InlineData(
        "PutMetricAlarm", Metric + """, "AlarmName":"a","EvaluationPeriods":1,"Period":60,"Threshold":1,"ExtendedStatistic":"tm9","""
            + """ "ComparisonOperator":"GreaterThanThreshold" """, "InvalidParameterValue")]
    public async Task A_request_that_CloudWatch_would_not_answer_is_refused(string action, string members, string code)
    {
        var (status, answer) = await AskAsync(action, $"{{{members}}}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(code, answer["__type"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_query_begins_at_a_period_of_its_own()
    {
        var hour = DateTimeOffset.UtcNow.RoundedDown(TimeSpan.FromHours(1));
        Server.Cloud.CloudWatch.Metrics.Put(new("Mine", "m"), Sample.Of(hour.AddSeconds(30), 7, "Count"));

        var (_, answer) = await AskAsync("GetMetricData", $$$"""
            {"StartTime":{{{hour.ToUnixTimeSeconds() + 120}}},"EndTime":{{{hour.ToUnixTimeSeconds() + 600}}},"MetricDataQueries":[
              {"Id":"a","MetricStat":{"Metric":{ {{{Metric}}} },"Period":60,"Stat":"Sum"}},
              {"Id":"b","MetricStat":{"Metric":{ {{{Metric}}} },"Period":300,"Stat":"Sum"}}]}
            """);

        var results = answer["MetricDataResults"]!.AsArray();
        Assert.Empty(results[0]!["Values"]!.AsArray());
        Assert.Equal(7, results[1]!["Values"]![0]!.GetValue<double>());
        Assert.Equal(hour.ToUnixTimeSeconds(), results[1]!["Timestamps"]![0]!.GetValue<double>());
    }

    [Fact]
    public async Task Metrics_are_listed_in_pages()
    {
        for (var i = 0; i < 501; i++)
            Server.Cloud.CloudWatch.Metrics.Put(new("Mine", $"m{i}"), 1);

        var (_, first) = await AskAsync("ListMetrics", "{}");
        var (_, second) = await AskAsync("ListMetrics", $$"""{"NextToken":"{{first["NextToken"]}}"}""");

        Assert.Equal((500, 1), (first["Metrics"]!.AsArray().Count, second["Metrics"]!.AsArray().Count));
        Assert.Null(second["NextToken"]);
    }

    [Fact]
    public async Task Recently_active_are_metrics_of_the_last_three_hours()
    {
        Server.Cloud.CloudWatch.Metrics.Put(new("Mine", "old"), Sample.Of(DateTimeOffset.UtcNow.AddHours(-4), 1, "Count"));
        Server.Cloud.CloudWatch.Metrics.Put(new("Mine", "new"), 1);

        var (_, answer) = await AskAsync("ListMetrics", """{"RecentlyActive":"PT3H"}""");

        Assert.Equal("new", Assert.Single(answer["Metrics"]!.AsArray())!["MetricName"]!.GetValue<string>());
    }

    /// <summary>A map whose NextToken is null.</summary>
    [Fact]
    public async Task A_member_that_is_null_in_CBOR_counts_as_not_given()
    {
        using var content = new ByteArrayContent(Convert.FromHexString("a1694e657874546f6b656ef6"));
        using var reply = await Http.PostAsync(
            new Uri(Server.Url, "/service/GraniteServiceVersion20100801/operation/ListMetrics"), content);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync(string action, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Url);
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", $"GraniteServiceVersion20100801.{action}");
        using var reply = await Http.SendAsync(request);
        return (reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
    }
}

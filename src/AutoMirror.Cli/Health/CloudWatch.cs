using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using AutoMirror.Cli.Connecting;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Health;

/// <summary>CloudWatch's GetMetricData in AWS JSON 1.0.</summary>
internal sealed class CloudWatch(SignedService service)
{
    /// <summary>"A single GetMetricData call can include as many as 500 MetricDataQuery structures."</summary>
    public const int QueriesAtOnce = 500;

    /// <summary>Both kinds of monitoring have data at this grain; with basic monitoring it is the finest.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private const string Target = "GraniteServiceVersion20100801.GetMetricData";
    private const int MostPages = 100;

    /// <summary>The CloudWatch of a connection's Region.</summary>
    /// <exception cref="CommandException">The endpoint is no URL.</exception>
    public static CloudWatch Of(Connection connection, HttpClient http)
    {
        var region = connection.Settings.ForDeployment.Region;
        var usual = $"https://monitoring.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/";
        return new(SignedService.Of(connection, http, "CLOUDWATCH", usual, "monitoring", region));
    }

    /// <summary>Adds up a metric of each instance since some time.</summary>
    /// <param name="instanceIds">The instances.</param>
    /// <param name="span">How far back.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The sums; an instance that CloudWatch could not answer for is not among them.</returns>
    /// <exception cref="CommandException">CloudWatch refused, or could not be reached.</exception>
    public async Task<IReadOnlyDictionary<string, TrafficSums>> SumAsync(
        IReadOnlyCollection<string> instanceIds, TimeSpan span, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<string, TrafficSums>();
        var end = service.Time.GetUtcNow();
        foreach (var group in instanceIds.Chunk(QueriesAtOnce / TrafficSums.Metrics.Count))
        {
            var queries = new JsonArray();
            foreach (var (index, (id, name)) in group.SelectMany(id => TrafficSums.Metrics.Select(metric => (id, metric.Name))).Index())
                queries.Add(Query($"q{index}", id, name));
            var unanswered = new HashSet<string>();
            await foreach (var result in ResultsAsync(queries, end - span, end, cancellationToken))
            {
                var index = int.Parse(result.GetProperty("Id").GetString()![1..], CultureInfo.InvariantCulture);
                var (id, metric) = (group[index / TrafficSums.Metrics.Count], TrafficSums.Metrics[index % TrafficSums.Metrics.Count]);
                if (result.GetProperty("StatusCode").GetString() is "InternalError" or "Forbidden")
                    unanswered.Add(id);
                sums[id] = metric.Add(
                    sums.GetValueOrDefault(id, TrafficSums.None),
                    result.GetProperty("Values").EnumerateArray().Sum(value => value.GetDouble()));
            }

            foreach (var id in unanswered)
                sums.Remove(id);
        }

        return sums;
    }

    private static JsonObject Query(string id, string instanceId, string metric) => new()
    {
        ["Id"] = id,
        ["MetricStat"] = new JsonObject
        {
            ["Metric"] = new JsonObject
            {
                ["Namespace"] = "AWS/EC2",
                ["MetricName"] = metric,
                ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "InstanceId", ["Value"] = instanceId }),
            },
            ["Period"] = (int)Period.TotalSeconds,
            ["Stat"] = "Sum",
        },
    };

    private async IAsyncEnumerable<JsonElement> ResultsAsync(
        JsonArray queries, DateTimeOffset start, DateTimeOffset end,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? at = null;
        for (var page = 0; page < MostPages; page++)
        {
            var input = new JsonObject
            {
                ["MetricDataQueries"] = queries.DeepClone(),
                ["StartTime"] = start.ToUnixTimeSeconds(),
                ["EndTime"] = end.ToUnixTimeSeconds(),
            };
            if (at is not null)
                input["NextToken"] = at;
            var answer = await AskAsync(input.ToJsonString(), cancellationToken);
            foreach (var result in answer.GetProperty("MetricDataResults").EnumerateArray())
                yield return result;
            at = answer.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
            if (string.IsNullOrEmpty(at))
                yield break;
        }

        throw new CommandException($"GetMetricData gave more than {MostPages} pages.");
    }

    private async Task<JsonElement> AskAsync(string input, CancellationToken cancellationToken)
    {
        var asked = await service.AskAsync("GetMetricData", input, "application/x-amz-json-1.0", Target, Read, cancellationToken);
        return asked.TryGet(out var answer, out var refusal) ? answer : throw new CommandException(refusal.Message);
    }

    private static Answer<JsonElement> Read(HttpResponseMessage response, string text) => response.IsSuccessStatusCode
        ? new Answer<JsonElement>.Given(JsonDocument.Parse(text).RootElement.Clone())
        : new Answer<JsonElement>.Refused(new Refusal(
            RefusalKind.Other, "Refused", $"GetMetricData was refused ({(int)response.StatusCode}): {Reason(text)}"));

    /// <summary>The code and the message of an error; where it is no JSON, such as a proxy's page, its beginning.</summary>
    private static string Reason(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject error)
                return $"{$"{error["__type"]}".Split('#')[^1]}: {error["message"] ?? error["Message"]}";
        }
        catch (JsonException)
        {
        }

        return text.Length > 200 ? text[..200] + "…" : text;
    }
}

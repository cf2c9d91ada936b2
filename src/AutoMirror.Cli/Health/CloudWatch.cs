using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Runtime;
using AutoMirror.Cli.Connecting;

namespace AutoMirror.Cli.Health;

/// <summary>CloudWatch's GetMetricData in AWS JSON 1.0: the SDK has a package for it, which this one call is not worth.</summary>
internal sealed class CloudWatch(HttpClient http, Uri endpoint, string region, AWSCredentials credentials, TimeProvider time)
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
        return new(http, Endpoint(region, connection.Variable), region, connection.Credentials, TimeProvider.System);
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
        var end = time.GetUtcNow();
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
        var body = Encoding.UTF8.GetBytes(input);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", Target);
        try
        {
            var own = await credentials.GetCredentialsAsync();
            SignatureV4.Sign(request, body, own, region, "monitoring", time.GetUtcNow());
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new CommandException($"GetMetricData was refused ({(int)response.StatusCode}): {Reason(text)}");
            return JsonDocument.Parse(text).RootElement.Clone();
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException or AmazonClientException)
        {
            throw new CommandException($"GetMetricData got no answer from {endpoint.Host}: {problem.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"GetMetricData got no answer from {endpoint.Host} in {http.Timeout.TotalSeconds:0} s");
        }
    }

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

    private static Uri Endpoint(string region, Func<string, string?> variable)
    {
        var given = variable("AWS_ENDPOINT_URL_CLOUDWATCH") ?? variable("AWS_ENDPOINT_URL");
        if (given is null)
        {
            var suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
            return new($"https://monitoring.{region}.{suffix}/");
        }

        return Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new CommandException($"the endpoint of CloudWatch is '{given}'; allowed: an http or https URL");
    }
}

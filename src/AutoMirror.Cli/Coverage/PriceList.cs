using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoMirror.Cli.Coverage;

/// <summary>Unit prices as data: <c>session-prices.json</c>, each with its date and source, by Region.</summary>
internal sealed record PriceList(
    string Source, string Date, string Currency, [property: JsonRequired] IReadOnlyDictionary<string, decimal> HourOfSession,
    [property: JsonRequired] MetricPrices ThousandMetrics)
{
    /// <summary>The Region whose price is taken where a Region's own is not known.</summary>
    public const string Assumed = "us-east-1";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The list that this build carries.</summary>
    public static PriceList Own { get; } = Read();

    /// <summary>The price in a Region; where that is not known, another Region's.</summary>
    public static (decimal Price, string Region, bool IsAssumed) In(IReadOnlyDictionary<string, decimal> prices, string region) =>
        prices.TryGetValue(region, out var price) ? (price, region, false) : (prices[Assumed], Assumed, true);

    private static PriceList Read()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("session-prices.json")
            ?? throw new InvalidOperationException("session-prices.json is not in the assembly.");
        return JsonSerializer.Deserialize<PriceList>(stream, Web)!;
    }
}

/// <summary>What CloudWatch bills for 1,000 metrics of GetMetricData.</summary>
internal sealed record MetricPrices(string Source, string Date, [property: JsonRequired] IReadOnlyDictionary<string, decimal> Price);

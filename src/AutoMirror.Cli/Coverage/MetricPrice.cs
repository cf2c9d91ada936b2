namespace AutoMirror.Cli.Coverage;

/// <summary>What 1,000 metrics cost that GetMetricData is asked for; no free tier covers them.</summary>
/// <param name="Thousand">In USD.</param>
/// <param name="Region">The Region that the price is of.</param>
/// <param name="IsAssumed">Whether the Region's own price is not known, and that of another is taken.</param>
internal sealed record MetricPrice(decimal Thousand, string Region, bool IsAssumed, string Date, string Source)
{
    /// <summary>The price in a Region; where that is not known, another Region's, and it says so.</summary>
    public static MetricPrice In(string region)
    {
        var list = PriceList.Own.ThousandMetrics;
        var (price, of, isAssumed) = PriceList.In(list.Price, region);
        return new(price, of, isAssumed, list.Date, list.Source);
    }
}

namespace AutoMirror.Cli.Coverage;

/// <summary>What an hour of a mirror session costs: data with source and date, in <c>session-prices.json</c>.</summary>
/// <param name="HourOfSession">For one session, from its making to its deletion, also while its source is stopped.</param>
/// <param name="Region">The Region that the price is of.</param>
/// <param name="IsAssumed">Whether the Region's own price is not known, and that of another is taken.</param>
internal sealed record SessionPrice(decimal HourOfSession, string Currency, string Region, bool IsAssumed, string Date, string Source)
{
    private const decimal HoursAMonth = 730;

    /// <summary>The price in a Region; where that is not known, another Region's, and it says so.</summary>
    public static SessionPrice In(string region)
    {
        var list = PriceList.Own;
        var (price, of, isAssumed) = PriceList.In(list.HourOfSession, region);
        return new(price, list.Currency, of, isAssumed, list.Date, list.Source);
    }

    /// <summary>What some sessions cost a month of 730 hours.</summary>
    public decimal AMonth(int sessions) => decimal.Round(sessions * HourOfSession * HoursAMonth, 2);
}

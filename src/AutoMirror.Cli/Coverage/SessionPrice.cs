using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoMirror.Cli.Coverage;

/// <summary>What an hour of a mirror session costs: data with source and date, in <c>session-prices.json</c>.</summary>
/// <param name="HourOfSession">For one session, from its making to its deletion, also while its source is stopped.</param>
/// <param name="Region">The Region that the price is of.</param>
/// <param name="IsAssumed">Whether the Region's own price is not known, and that of another is taken.</param>
internal sealed record SessionPrice(decimal HourOfSession, string Currency, string Region, bool IsAssumed, string Date, string Source)
{
    private const decimal HoursAMonth = 730;
    private const string Assumed = "us-east-1";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The price in a Region; where that is not known, another Region's, and it says so.</summary>
    public static SessionPrice In(string region)
    {
        using var stream = typeof(SessionPrice).Assembly.GetManifestResourceStream("session-prices.json")
            ?? throw new InvalidOperationException("session-prices.json is not in the assembly.");
        var list = JsonSerializer.Deserialize<PriceList>(stream, Web)!;
        var isKnown = list.HourOfSession.TryGetValue(region, out var price);
        return new SessionPrice(
            isKnown ? price : list.HourOfSession[Assumed], list.Currency, isKnown ? region : Assumed, !isKnown, list.Date, list.Source);
    }

    /// <summary>What some sessions cost a month of 730 hours.</summary>
    public decimal AMonth(int sessions) => decimal.Round(sessions * HourOfSession * HoursAMonth, 2);

    private sealed record PriceList(
        string Source, string Date, string Currency, [property: JsonRequired] IReadOnlyDictionary<string, decimal> HourOfSession);
}

using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli.Health;

/// <summary>What was asked of CloudWatch about mirrored instances, and what it said.</summary>
/// <param name="Sums">By instance; one that CloudWatch could not answer for is missing.</param>
/// <param name="Metrics">How many metrics were asked for, which is what CloudWatch counts.</param>
/// <param name="Problem">Why nobody could be asked, in words; null when somebody was.</param>
internal sealed record HealthReading(IReadOnlyDictionary<string, TrafficSums> Sums, int Metrics, string? Problem)
{
    /// <summary>How far back it looks.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The unit price that the question is reckoned with.</summary>
    public MetricPrice Price { get; init; } = MetricPrice.In(PriceList.Assumed);

    public double Usd => (double)(Metrics * Price.Thousand / 1000);

    public static int MetricsOf(int instances) => instances * TrafficSums.Metrics.Count;

    /// <summary>Asks the account's CloudWatch about everything that is mirrored.</summary>
    public static async Task<HealthReading> OfAsync(MirrorStatus status, IAccountSource account, CancellationToken cancellationToken)
    {
        if (account is not LiveAccount { Connection: var connection })
            return Unknown("a recorded account has no metrics.");
        using var http = SignedService.NewClient(Patience);
        var reading = await AskAsync(
            [.. status.Instances.Select(each => each.Id)], () => CloudWatch.Of(connection, http), cancellationToken);
        return reading with { Price = MetricPrice.In(account.Settings.Region) };
    }

    /// <summary>Asks CloudWatch. That it can't be asked is a result: nothing else fails for it.</summary>
    /// <param name="instanceIds">The mirrored instances.</param>
    /// <param name="cloudWatch">Makes the client, which can fail too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<HealthReading> AskAsync(
        IReadOnlyCollection<string> instanceIds, Func<CloudWatch> cloudWatch, CancellationToken cancellationToken)
    {
        var metrics = MetricsOf(instanceIds.Count);
        try
        {
            return new(await cloudWatch().SumAsync(instanceIds, Span, cancellationToken), metrics, Problem: null);
        }
        catch (CommandException problem)
        {
            return Unknown(problem.Message, metrics);
        }
    }

    /// <summary>Nobody was asked, or nobody answered.</summary>
    public static HealthReading Unknown(string why, int metrics = 0) => new(new Dictionary<string, TrafficSums>(), metrics, why);

    public InstanceHealth Of(string instanceId) =>
        Sums.TryGetValue(instanceId, out var sums) ? sums.Health : InstanceHealth.Unknown;
}

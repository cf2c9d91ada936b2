using AutoMirror.Aws;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Cli.Explanations;

/// <summary>What an explanation tells besides the plan. What can't be read is left out.</summary>
internal sealed record Facts(
    IReadOnlyList<Sdk.Reservation> Reservations, IReadOnlyList<Sdk.NetworkInterface> Interfaces,
    IReadOnlyList<TrafficMirrorFilter> Filters)
{
    public static async Task<Facts> ReadAsync(IAccountSource source, CancellationToken cancellationToken)
    {
        var (reservations, interfaces, filters) = (
            source.ReadAsync(Listings.Reservations, cancellationToken), source.ReadAsync(Listings.NetworkInterfaces, cancellationToken),
            source.ReadAsync(Listings.Filters, cancellationToken));
        return new Facts(
            OrNothing(await reservations), OrNothing(await interfaces),
            [.. OrNothing(await filters).Select(Mapping.ToFilter)]);
    }

    private static IReadOnlyList<T> OrNothing<T>(Answer<IReadOnlyList<T>> answer) => answer.TryGet(out var items, out _) ? items : [];
}

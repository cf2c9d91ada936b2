using Amazon.EC2.Model;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli.Accounts;

/// <summary>Single questions about an account, answered out of its whole lists.</summary>
internal sealed class AccountReads(IAccountSource source) : IAccountReads
{
    public Task<IReadOnlyList<TrafficMirrorSession>> SessionsAsync(CancellationToken cancellationToken) =>
        ReadAsync(Listings.Sessions, _ => true, cancellationToken);

    public Task<IReadOnlyList<NetworkInterface>> NetworkInterfacesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(Listings.NetworkInterfaces, Among(ids, (NetworkInterface each) => each.NetworkInterfaceId), cancellationToken);

    public async Task<IReadOnlyList<Instance>> InstancesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var reservations = await ReadAsync(Listings.Reservations, _ => true, cancellationToken);
        return
        [
            .. reservations.SelectMany(each => each.Instances ?? []).Where(Among(ids, (Instance each) => each.InstanceId))
                .DistinctBy(each => each.InstanceId),
        ];
    }

    public Task<IReadOnlyList<TrafficMirrorFilter>> FiltersAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(Listings.Filters, Among(ids, (TrafficMirrorFilter each) => each.TrafficMirrorFilterId), cancellationToken);

    public Task<IReadOnlyList<Vpc>> VpcsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(Listings.Vpcs, Among(ids, (Vpc each) => each.VpcId), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private async Task<IReadOnlyList<T>> ReadAsync<T>(Listing<T> listing, Func<T, bool> isAsked, CancellationToken cancellationToken) =>
        (await source.ReadAsync(listing, cancellationToken)).TryGet(out var items, out var refusal)
            ? [.. items.Where(isAsked)]
            : throw new CommandException($"{listing.Action} was refused: {refusal}");

    private static Func<T, bool> Among<T>(IReadOnlyCollection<string> ids, Func<T, string> idOf)
    {
        var asked = ids.ToHashSet(StringComparer.Ordinal);
        return each => asked.Contains(idOf(each));
    }
}

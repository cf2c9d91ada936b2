using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Recording;

/// <summary>Writes an account as it is: the answers of the describes as the aws CLI prints them, one file a call.</summary>
internal sealed class Recorder(IAccountSource source, string folder, bool isPseudonymised)
{
    private readonly Dictionary<string, JsonObject> _files = new(StringComparer.Ordinal);
    private readonly List<Unrecorded> _missing = [];

    /// <summary>Reads everything that the verbs may need, and writes what could be read.</summary>
    public async Task<RecordDocument> RecordAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            ReadAsync(Listings.Reservations, cancellationToken), ReadAsync(Listings.NetworkInterfaces, cancellationToken),
            ReadAsync(Listings.Sessions, cancellationToken), ReadAsync(Listings.Targets, cancellationToken),
            ReadAsync(Listings.Filters, cancellationToken), ReadAsync(Listings.Subnets, cancellationToken),
            ReadAsync(Listings.Vpcs, cancellationToken), ReadAsync(Listings.Endpoints, cancellationToken),
            ReadAsync(Listings.SecurityGroups, cancellationToken), ReadAsync(Listings.NetworkAcls, cancellationToken),
            ReadAsync(Listings.RouteTables, cancellationToken));
        Keep(RecordedAccount.ParametersFile, "Parameters", await source.ReadParametersAsync(cancellationToken));
        _files[RecordedAccount.IdentityFile] = new JsonObject { ["Account"] = source.Settings.Account };

        var pseudonyms = isPseudonymised ? new Pseudonyms(source.Settings.Prefix, _files.Values) : null;
        Directory.CreateDirectory(folder);
        foreach (var (name, answer) in _files)
        {
            pseudonyms?.Replace(answer);
            await File.WriteAllTextAsync(
                Path.Combine(folder, name), answer.ToJsonString(AwsJson.Options) + "\n", cancellationToken);
        }

        // What an earlier recording left here is not this account's.
        foreach (var (file, _) in _missing)
            File.Delete(Path.Combine(folder, file));
        return new RecordDocument(
            folder, source.Settings.Region, [.. _files.Keys.Order(StringComparer.Ordinal)],
            [.. _missing.OrderBy(each => each.File, StringComparer.Ordinal)]);
    }

    private async Task ReadAsync<T>(Listing<T> listing, CancellationToken cancellationToken) =>
        Keep($"{listing.Command}.json", listing.Root, await source.ReadAsync(listing, cancellationToken));

    private void Keep<T>(string file, string root, Answer<IReadOnlyList<T>> answer)
    {
        lock (_files)
        {
            if (answer.TryGet(out var items, out var refusal))
                _files[file] = new JsonObject { [root] = JsonSerializer.SerializeToNode(items, AwsJson.Options) };
            else
                _missing.Add(new Unrecorded(file, $"{refusal}"));
        }
    }
}

/// <summary>What <c>record</c> prints as JSON.</summary>
/// <param name="Missing">What could not be read; what needs it is unknown to whoever reads the recording.</param>
internal sealed record RecordDocument(string Folder, string Region, IReadOnlyList<string> Files, IReadOnlyList<Unrecorded> Missing);

/// <summary>An answer that was refused.</summary>
internal sealed record Unrecorded(string File, string Why);

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using Sdk = Amazon.SimpleSystemsManagement.Model;

namespace AutoMirror.Cli.Snapshots;

/// <summary>An account in a folder: the answers of the describes as the aws CLI prints them, one file a call. It takes no
/// permission.</summary>
internal sealed partial class RecordedAccount : IAccountSource
{
    public const string ParametersFile = "get-parameters-by-path.json", IdentityFile = "get-caller-identity.json";

    private readonly string _folder;
    private readonly ConcurrentDictionary<string, object> _lists = new(StringComparer.Ordinal);

    private RecordedAccount(string folder, DeploymentSettings settings, DateTimeOffset at)
    {
        (_folder, Settings, Time) = (folder, settings, new StoppedClock(at));
    }

    /// <summary>The folder, as it was named.</summary>
    public string Folder => _folder;

    public DeploymentSettings Settings { get; private init; }

    public TimeProvider Time { get; }

    public IEc2? Port => null;

    public IReadOnlyDictionary<string, int> Calls { get; } = new Dictionary<string, int>();

    /// <summary>Opens a recording. Region and account are its own.</summary>
    /// <exception cref="CommandException">There is no such folder, or nothing recorded in it.</exception>
    public static RecordedAccount Open(string folder, DeploymentSettings named)
    {
        List<string> files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "describe-*.json"), .. Directory.GetFiles(folder, "get-*.json")]
            : throw new UsageException($"--from takes a folder, and there is none at {folder}: automirror record {folder} makes one");
        if (files.Count == 0)
        {
            throw new UsageException(
                $"there is no recording in {folder}: it holds answers of the aws CLI, such as describe-instances.json. "
                    + "automirror record makes one");
        }

        var account = new RecordedAccount(folder, named, File.GetLastWriteTimeUtc(files.MaxBy(File.GetLastWriteTimeUtc)!));
        var (region, id) = account.Place();
        return new RecordedAccount(folder, named with { Region = region ?? named.Region, Account = id }, account.Time.GetUtcNow());
    }

    public Task<Answer<IReadOnlyList<T>>> ReadAsync<T>(Listing<T> listing, CancellationToken cancellationToken) => Task.FromResult(
        (Answer<IReadOnlyList<T>>)_lists.GetOrAdd(listing.Command, _ => Read<T>($"{listing.Command}.json", listing.Root, listing.Command)));

    public Task<Answer<IReadOnlyList<Sdk.Parameter>>> ReadParametersAsync(CancellationToken cancellationToken) => Task.FromResult(
        Read<Sdk.Parameter>(ParametersFile, "Parameters", $"get-parameters-by-path --recursive --path {Settings.Prefix}").Select(
            IReadOnlyList<Sdk.Parameter> (found) =>
                [.. found.Where(each => each.Name?.StartsWith($"{Settings.Prefix}/", StringComparison.Ordinal) is true)]));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private Answer<IReadOnlyList<T>> Read<T>(string file, string root, string command)
    {
        var service = file == ParametersFile ? "ssm" : "ec2";
        try
        {
            using var stream = File.OpenRead(Path.Combine(_folder, file));
            using var document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(root, out var list)
                ? new Answer<IReadOnlyList<T>>.Given(list.Deserialize<List<T>>(AwsJson.Options) ?? [])
                : Refused<T>($"{file} in {_folder} has no list {root}: it holds another command's answer");
        }
        catch (Exception problem) when (problem is FileNotFoundException or UnauthorizedAccessException)
        {
            return Refused<T>($"{file} is not in {_folder}: aws {service} {command} > {Path.Combine(_folder, file)}");
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            return Refused<T>($"{file} in {_folder} can't be read: {problem.Message}");
        }
    }

    private static Answer<IReadOnlyList<T>>.Refused Refused<T>(string why) => new(new Refusal(RefusalKind.Other, "NotRecorded", why));

    /// <summary>Region and account: as STS and the parameters' ARNs have them, else as zones and owners do.</summary>
    private (string? Region, string? Account) Place()
    {
        var arns = Read<Sdk.Parameter>(ParametersFile, "Parameters", "").TryGet(out var parameters, out _)
            ? parameters.Select(each => each.ARN?.Split(':')).Where(parts => parts is { Length: > 5 }).ToList()
            : [];
        var subnets = Read<Amazon.EC2.Model.Subnet>("describe-subnets.json", "Subnets", "").TryGet(out var found, out _) ? found : [];
        var reservations = Read<Amazon.EC2.Model.Reservation>("describe-instances.json", "Reservations", "").TryGet(out var all, out _)
            ? all
            : [];
        var zone = subnets.Select(each => each.AvailabilityZone)
            .Concat(reservations.SelectMany(each => each.Instances ?? []).Select(each => each.Placement?.AvailabilityZone))
            .FirstOrDefault(each => each is not null);
        return (
            arns.FirstOrDefault()?[3] ?? (zone is null ? null : RegionOfZone().Match(zone) is { Success: true } match ? match.Value : null),
            Identity() ?? arns.FirstOrDefault()?[4]
                ?? subnets.Select(each => each.OwnerId).Concat(reservations.Select(each => each.OwnerId)).FirstOrDefault());
    }

    private string? Identity()
    {
        var path = Path.Combine(_folder, IdentityFile);
        try
        {
            return File.Exists(path) && JsonDocument.Parse(File.ReadAllText(path)).RootElement.TryGetProperty("Account", out var account)
                ? account.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Zones end in a letter; those of Local Zones have more behind the Region (us-west-2-lax-1a).
    [GeneratedRegex(@"^[a-z]{2,}(-[a-z]+)+-\d+")]
    private static partial Regex RegionOfZone();
}

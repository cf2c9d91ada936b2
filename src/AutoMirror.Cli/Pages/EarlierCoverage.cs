using System.Security.Cryptography;
using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Pages;

/// <summary>What is needed of an earlier document to compare with it.</summary>
internal sealed record EarlierCoverage(
    string? Format, EarlierCoverage.Origin? Made, EarlierCoverage.Place? Status, IReadOnlyList<EarlierCoverage.Interface>? Interfaces)
{
    private Dictionary<string, Interface>? _byId;

    public DateTimeOffset SeenAt => Made!.SeenAt;

    /// <summary>Its interfaces, by id.</summary>
    public IReadOnlyDictionary<string, Interface> ById => _byId ??= Interfaces!.Where(each => each.NetworkInterfaceId is not null)
        .DistinctBy(each => each.NetworkInterfaceId).ToDictionary(each => each.NetworkInterfaceId!);

    /// <summary>Reads the file that <c>--since</c> names.</summary>
    /// <exception cref="UsageException">It is not there, not evidence, of another deployment, or not what was once written.</exception>
    public static async Task<EarlierCoverage> ReadAsync(string path, DeploymentSettings settings, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(
                $"--since takes the {Evidence.JsonFile} that status --evidence DIR wrote, and there is no file {path}");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        if (await WrittenSumAsync(path, cancellationToken) is { } written
            && !written.Equals(Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal))
        {
            throw new UsageException(
                $"{path} is not what was written: its SHA-256 sum differs from the one in {Evidence.SumsFile} next to it");
        }

        var earlier = Parse(path, bytes);
        var (place, here) = (earlier.Status!, $"{settings.Deployment} in {settings.Region}, account {settings.Account}");
        if ((place.Deployment, place.Region, place.Account) != (settings.Deployment.Name, settings.Region, settings.Account))
        {
            throw new UsageException(
                $"{path} is of {place.Deployment} in {place.Region}, account {place.Account}, and can't be compared with {here}");
        }

        return earlier;
    }

    /// <summary>An interface of now, with since when its state is known to hold.</summary>
    public CoverageInterface Dated(CoverageInterface now, DateTimeOffset seenAt) =>
        now.NetworkInterfaceId is { } id && ById.TryGetValue(id, out var then) && then.State == now.State
            ? now with { Since = then.Since ?? SeenAt, After = then.After }
            : now with { Since = seenAt, After = SeenAt };

    private static EarlierCoverage Parse(string path, byte[] bytes)
    {
        try
        {
            var earlier = CoverageDocument.Read(bytes);
            if (earlier is { Format: CoverageDocument.FormatName, Made: not null, Status: not null, Interfaces: not null })
                return earlier;
        }
        catch (JsonException)
        {
            // The message below says more than where the JSON breaks.
        }

        throw new UsageException(
            $"{path} is no evidence of this tool: --since takes the {Evidence.JsonFile} that status --evidence DIR wrote, "
                + $"of the format {CoverageDocument.FormatName}");
    }

    /// <summary>The sum that was written with the file, if the file still lies where it was written.</summary>
    private static async Task<string?> WrittenSumAsync(string path, CancellationToken cancellationToken)
    {
        var sums = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Evidence.SumsFile);
        return File.Exists(sums)
            ? (await File.ReadAllLinesAsync(sums, cancellationToken)).Select(line => line.Split("  ", 2))
                .FirstOrDefault(parts => parts.Length == 2 && parts[1] == Path.GetFileName(path))?[0]
            : null;
    }

    internal sealed record Origin(DateTimeOffset SeenAt);

    internal sealed record Place(string? Deployment, string? Region, string? Account);

    internal sealed record Interface(
        string? NetworkInterfaceId, string? InstanceId, string? Name, string? State, DateTimeOffset? Since, DateTimeOffset? After);
}

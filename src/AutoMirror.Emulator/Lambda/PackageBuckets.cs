namespace AutoMirror.Emulator.Lambda;

/// <summary>
/// What lies in S3's buckets of this account, as far as Lambda reads it: packages, by bucket, key and version. S3 itself is no service
/// here, so what is uploaded is put here by <see cref="Put"/>.
/// </summary>
public sealed class PackageBuckets
{
    private readonly Cloud _cloud;
    private readonly Dictionary<string, Dictionary<string, List<(string Version, byte[] Zip)>>> _buckets = [];

    internal PackageBuckets(Cloud cloud) => _cloud = cloud;

    /// <summary>Uploads an object to a bucket with versioning, which is made if there is none of that name.</summary>
    /// <returns>The object's version.</returns>
    public string Put(string bucket, string key, byte[] zip)
    {
        using var turn = _cloud.Enter();
        var keys = _buckets.TryGetValue(bucket, out var known) ? known : _buckets[bucket] = [];
        var versions = keys.TryGetValue(key, out var earlier) ? earlier : keys[key] = [];
        var version = _cloud.Seeded.Uuid().Replace("-", "", StringComparison.Ordinal);
        versions.Add((version, zip));
        return version;
    }

    /// <summary>An object as Lambda gets it: the version that is asked for, or the latest.</summary>
    internal byte[] Get(string bucket, string key, string? version)
    {
        if (!_buckets.TryGetValue(bucket, out var keys))
            throw LambdaErrors.NoObject("NoSuchBucket", "The specified bucket does not exist");
        if (!keys.TryGetValue(key, out var versions))
            throw LambdaErrors.NoObject("NoSuchKey", "The specified key does not exist.");
        return versions.FindLast(each => version is null || each.Version == version).Zip
            ?? throw LambdaErrors.NoObject("NoSuchVersion", "The specified version does not exist.");
    }
}

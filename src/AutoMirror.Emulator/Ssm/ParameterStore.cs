using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ssm;

/// <summary>Parameter Store.</summary>
public sealed class ParameterStore
{
    /// <summary>How many versions of a parameter are kept: one more drops the oldest.</summary>
    private const int MostVersions = 100;

    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, List<Parameter>> _parameters = new(StringComparer.Ordinal);

    internal ParameterStore(Cloud cloud) => _cloud = cloud;

    internal IReadOnlyList<Parameter> All => _cloud.InTurn(() => _parameters.Values.Select(versions => versions[^1]).ToList());

    /// <summary>Writes a parameter; null leaves a property of an existing one as it was.</summary>
    public Parameter Put(
        string name, string value, string? type = null, bool overwrite = false, string? description = null, string? tier = null,
        string? keyId = null, string? allowedPattern = null, string? dataType = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            ParameterRules.CheckName(name);
            var old = _parameters.TryGetValue(name, out var versions) ? versions[^1] : null;
            if (old is not null && !overwrite)
                throw SsmErrors.AlreadyExists();
            if (overwrite && tags is { Count: > 0 })
                throw SsmErrors.TagsWithOverwrite();
            type ??= old?.Type ?? throw SsmErrors.Validation("A parameter type is required when you create a parameter.");
            if (type is not ("String" or "StringList" or "SecureString"))
                throw SsmErrors.UnsupportedType(type);
            tier = ParameterRules.TierOf(tier, old?.Tier, value);
            ParameterRules.CheckValue(value, tier, allowedPattern ?? old?.AllowedPattern);
            var parameter = new Parameter
            {
                Name = name, Type = type, Value = value, Version = (old?.Version ?? 0) + 1, Tier = tier,
                Description = description ?? old?.Description,
                DataType = dataType ?? old?.DataType ?? "text",
                KeyId = type == "SecureString" ? keyId ?? old?.KeyId ?? "alias/aws/ssm" : null,
                AllowedPattern = allowedPattern ?? old?.AllowedPattern, LastModified = _cloud.Now,
                Tags = old?.Tags ?? ParameterTags.Merge(Resource.NoTags, tags),
            };
            if (versions is null)
                _parameters[name] = versions = [];
            versions.Add(parameter);
            if (versions.Count > MostVersions)
                versions.RemoveAt(0);
            _cloud.ServiceEvents.ParameterChange(old is null ? "Create" : "Update", parameter);
            return parameter;
        }
    }

    /// <summary>Puts a parameter of a recorded account, of which no older version is known.</summary>
    internal void Restore(Parameter parameter)
    {
        using (_cloud.Enter())
            _parameters[parameter.Name] = [parameter];
    }

    /// <summary>A parameter by name or ARN, with <c>:version</c> for an older version; ParameterNotFound when there is none.</summary>
    public Parameter Get(string name) => Find(name) ?? throw SsmErrors.NotFound();

    /// <summary>A parameter by name or ARN, or null; ParameterVersionNotFound when the parameter has no such version.</summary>
    public Parameter? Find(string nameOrArn)
    {
        using (_cloud.Enter())
        {
            var (name, version) = Split(NameOf(nameOrArn));
            if (!_parameters.TryGetValue(name, out var versions))
                return null;
            return version is null
                ? versions[^1]
                : versions.Find(each => each.Version == version) ?? throw SsmErrors.VersionNotFound(name);
        }
    }

    /// <summary>The parameters below a path in the order of their names: those of the next level, or of all levels.</summary>
    public IReadOnlyList<Parameter> ByPath(string path, bool recursive)
    {
        ParameterRules.CheckPath(path);
        var prefix = path.EndsWith('/') ? path : path + "/";
        return [.. All.Where(each =>
            each.Name.StartsWith(prefix, StringComparison.Ordinal) && (recursive || !each.Name[prefix.Length..].Contains('/')))];
    }

    /// <summary>Deletes a parameter with all its versions.</summary>
    public void Delete(string name)
    {
        using (_cloud.Enter())
        {
            if (!_parameters.Remove(name, out var versions))
                throw SsmErrors.NotFound();
            _cloud.ServiceEvents.ParameterChange("Delete", versions[^1]);
        }
    }

    internal void ChangeTags(
        string name, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change)
    {
        using (_cloud.Enter())
        {
            if (!_parameters.TryGetValue(name, out var versions))
                throw SsmErrors.InvalidResourceId();
            versions[^1] = versions[^1] with { Tags = change(versions[^1].Tags) };
        }
    }

    private string NameOf(string nameOrArn)
    {
        var start = _cloud.Arn("ssm", "parameter/");
        if (!nameOrArn.StartsWith(start, StringComparison.Ordinal))
            return nameOrArn.Trim();
        // The ARNs of "a" and "/a" are alike.
        var name = nameOrArn[start.Length..];
        return _parameters.ContainsKey(name) ? name : "/" + name;
    }

    private static (string Name, long? Version) Split(string name) =>
        name.LastIndexOf(':') is var at and > 0 && long.TryParse(name[(at + 1)..], out var version) ? (name[..at], version) : (name, null);
}

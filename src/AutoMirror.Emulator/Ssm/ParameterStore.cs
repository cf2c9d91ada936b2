using System.Text.RegularExpressions;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ssm;

/// <summary>Parameter Store.</summary>
public sealed partial class ParameterStore
{
    private const int StandardSize = 4096;
    private const int AdvancedSize = 8192;
    private const int MostLevels = 15;
    private const int MostVersions = 100;

    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, List<Parameter>> _parameters = new(StringComparer.Ordinal);

    internal ParameterStore(Cloud cloud) => _cloud = cloud;

    /// <summary>Writes a parameter; what is null stays as it was.</summary>
    public Parameter Put(
        string name, string value, string? type = null, bool overwrite = false, string? description = null, string? tier = null,
        string? keyId = null, string? allowedPattern = null, string? dataType = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            CheckName(name);
            var old = _parameters.TryGetValue(name, out var versions) ? versions[^1] : null;
            if (old is not null && !overwrite)
                throw SsmErrors.AlreadyExists();
            if (overwrite && tags is { Count: > 0 })
            {
                // (seen)
                throw SsmErrors.Validation(
                    "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove "
                        + "overwrite flag. To update tags for an existing parameter, please use AddTagsToResource "
                        + "or RemoveTagsFromResource.");
            }

            type ??= old?.Type ?? throw SsmErrors.Validation("A parameter type is required when you create a parameter.");
            if (type is not ("String" or "StringList" or "SecureString"))
                throw SsmErrors.UnsupportedType(type);
            tier = tier switch
            {
                "Intelligent-Tiering" when value.Length > StandardSize => "Advanced",
                null or "Intelligent-Tiering" => old?.Tier ?? "Standard",
                _ => tier,
            };
            CheckValue(value, tier, allowedPattern ?? old?.AllowedPattern);
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
            _cloud.Events.ParameterChange(old is null ? "Create" : "Update", parameter);
            return parameter;
        }
    }

    /// <summary>A parameter by its name or ARN, with <c>:version</c> if an older one is wanted.</summary>
    public Parameter Get(string name) => Find(name) ?? throw SsmErrors.NotFound();

    /// <summary>The same, or null.</summary>
    public Parameter? Find(string nameOrArn)
    {
        using (_cloud.Enter())
        {
            var (name, version) = Split(NameOf(nameOrArn));
            if (!_parameters.TryGetValue(name, out var versions))
                return null;
            return version is null ? versions[^1] : versions.Find(parameter => parameter.Version == version) ?? throw SsmErrors.VersionNotFound(name);
        }
    }

    /// <summary>All below a path, in the order of their names; only the next level unless recursive.</summary>
    public IReadOnlyList<Parameter> ByPath(string path, bool recursive)
    {
        using (_cloud.Enter())
        {
            if (!path.StartsWith('/') || !NameForm().IsMatch(path))
            {
                // (seen)
                throw SsmErrors.Validation(
                    $"The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward "
                        + $"slash \"/\". It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must use only "
                        + $"letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters "
                        + $"are not allowed. All sub-paths, if specified, must use the forward slash symbol \"/\". Valid example: "
                        + $"/get/parameters2-/by1./path0_.");
            }

            var prefix = path.EndsWith('/') ? path : path + "/";
            return [.. _parameters.Values.Select(versions => versions[^1]).Where(parameter =>
                parameter.Name.StartsWith(prefix, StringComparison.Ordinal) && (recursive || !parameter.Name[prefix.Length..].Contains('/')))];
        }
    }

    /// <summary>Deletes a parameter with all its versions.</summary>
    public void Delete(string name)
    {
        using (_cloud.Enter())
        {
            if (!_parameters.Remove(name, out var versions))
                throw SsmErrors.NotFound();
            _cloud.Events.ParameterChange("Delete", versions[^1]);
        }
    }

    internal IReadOnlyList<Parameter> All
    {
        get
        {
            using (_cloud.Enter())
                return [.. _parameters.Values.Select(versions => versions[^1])];
        }
    }

    internal void SetTags(string name, Func<Parameter, Parameter> change)
    {
        using (_cloud.Enter())
        {
            if (!_parameters.TryGetValue(name, out var versions))
                throw SsmErrors.InvalidResourceId();
            versions[^1] = change(versions[^1]);
        }
    }

    private string NameOf(string nameOrArn)
    {
        var start = _cloud.Arn("ssm", "parameter/");
        return !nameOrArn.StartsWith(start, StringComparison.Ordinal) ? nameOrArn.Trim()
            : _parameters.ContainsKey(nameOrArn[start.Length..]) ? nameOrArn[start.Length..] : "/" + nameOrArn[start.Length..];
    }

    private static (string Name, long? Version) Split(string name) =>
        name.LastIndexOf(':') is var at and > 0 && long.TryParse(name[(at + 1)..], out var version) ? (name[..at], version) : (name, null);

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 1011)
            throw SsmErrors.Validation("Parameter name must have between 1 and 1011 characters.");
        if (!NameForm().IsMatch(name))
        {
            // (seen in part)
            throw SsmErrors.Validation(
                "Parameter name: can't be empty and can only include letters, numbers, and the following symbols: . - _ /");
        }

        if (name.Contains('/') && !name.StartsWith('/'))
            throw SsmErrors.Validation("Parameter name must be a fully qualified name."); // (seen)
        var first = name.Trim('/').Split('/')[0];
        if (first.StartsWith("aws", StringComparison.OrdinalIgnoreCase) || first.StartsWith("ssm", StringComparison.OrdinalIgnoreCase))
            throw SsmErrors.Validation("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive)."); // (seen in part)
        if (name.Count(character => character == '/') > MostLevels)
            throw SsmErrors.TooManyLevels();
    }

    private static void CheckValue(string value, string tier, string? pattern)
    {
        if (value.Length == 0)
        {
            // (seen)
            throw SsmErrors.Validation(
                "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater "
                    + "than or equal to 1.");
        }

        if (value.Contains("{{", StringComparison.Ordinal) && value.Contains("}}", StringComparison.Ordinal))
            throw SsmErrors.Validation("Parameter value can't nest another parameter. Do not use \"{{}}\" in the value."); // (seen)
        if (value.Length > (tier == "Advanced" ? AdvancedSize : StandardSize))
        {
            throw SsmErrors.Validation(tier == "Advanced"
                ? $"Advanced tier parameters support a maximum parameter value of {AdvancedSize} characters."
                // (seen)
                : $"Standard tier parameters support a maximum parameter value of {StandardSize} characters. To create a larger "
                    + $"parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see "
                    + $"https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
        }

        if (!string.IsNullOrEmpty(pattern) && !Regex.IsMatch(value, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            throw SsmErrors.PatternMismatch();
    }

    [GeneratedRegex("^[a-zA-Z0-9_.\\-/]+$")]
    private static partial Regex NameForm();
}

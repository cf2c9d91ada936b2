using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Policies;

/// <summary>Turns the parameters under the prefix into a <see cref="ParameterSet"/>, or into every error that they hold.</summary>
internal static class ParameterSetReader
{
    private const string FilterName = "filter";
    private const string PolicyName = "policy";
    private const string ModeName = "mode";
    private const string TargetsFolder = "targets/";

    public static string FilterParameter(string prefix) => $"{prefix}/{FilterName}";

    public static string PolicyParameter(string prefix) => $"{prefix}/{PolicyName}";

    /// <summary>The emergency switch: a mode that no template manages, so that no deployment undoes it.</summary>
    public static string ModeParameter(string prefix) => $"{prefix}/{ModeName}";

    public static string TargetsParameter(string prefix, string sensor) => $"{prefix}/{TargetsFolder}{sensor}";

    /// <summary>Reads the parameters found under <paramref name="prefix"/>, such as <c>/automirror</c>.</summary>
    public static Reading<ParameterSet> Read(string prefix, IReadOnlyList<Parameter> parameters)
    {
        var errors = new List<ConfigurationError>();
        var policy = Policy.Default;
        PolicyMode? mode = null;
        Id<TrafficMirrorFilter>? filter = null;
        var sensors = new SortedDictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>>();

        foreach (var parameter in parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            var name = parameter.Name[Math.Min(prefix.TrimEnd('/').Length + 1, parameter.Name.Length)..];
            if (IsOfAnotherDeployment(name))
                continue;
            if (parameter.Type == "SecureString")
                errors.Add(new(parameter.Name, null, "is a SecureString", "String or StringList; there is nothing secret in it"));
            else if (name == PolicyName)
                policy = PolicyReader.Read(parameter.Name, parameter.Value.TrimStart('\uFEFF'), errors);
            else if (name == ModeName)
                mode = ReadMode(parameter, errors);
            else if (name == FilterName)
                filter = ReadFilter(parameter, errors);
            else if (SensorIn(name) is { } sensor)
                sensors[sensor] = ReadPool(parameter, errors);
            else
                errors.Add(Unknown(prefix, parameter));
        }

        if (filter is null && !errors.Exists(error => error.Parameter == $"{prefix}/{FilterName}"))
            errors.Add(new($"{prefix}/{FilterName}", null, "does not exist", "the id of the shared mirror filter, tmf-…"));
        return errors.Count == 0 && filter is { } id
            ? new Reading<ParameterSet>.Ready(new(WithSwitch(policy, mode), id, sensors))
            : new Reading<ParameterSet>.Misconfigured(errors);
    }

    /// <summary>Whether a name below the prefix lies below the prefix of a deployment inside it, such as <c>prod/filter</c>.</summary>
    internal static bool IsOfAnotherDeployment(string name) =>
        name.Contains('/', StringComparison.Ordinal) && !name.StartsWith(TargetsFolder, StringComparison.Ordinal);

    // The stricter of the two holds: the order of the enumeration.
    private static Policy WithSwitch(Policy policy, PolicyMode? mode) => mode > policy.Mode ? policy with { Mode = mode.Value } : policy;

    private static PolicyMode? ReadMode(Parameter parameter, List<ConfigurationError> errors)
    {
        if (PolicyWords.Modes.Find(parameter.Value.Trim()) is { } mode)
            return mode;
        errors.Add(new(parameter.Name, null, $"is {Words.Quote(parameter.Value)}", $"one of {string.Join(", ", PolicyWords.Modes.Words)}"));
        return null;
    }

    private static SensorName? SensorIn(string name) =>
        name.StartsWith(TargetsFolder, StringComparison.Ordinal) && name[TargetsFolder.Length..] is { Length: > 0 } sensor
            && !sensor.Contains('/')
            ? new SensorName(sensor)
            : null;

    private static ConfigurationError Unknown(string prefix, Parameter parameter) =>
        new(
            parameter.Name, null, "is unknown",
            $"{prefix}/{FilterName}, {prefix}/{PolicyName}, {prefix}/{ModeName} and {prefix}/{TargetsFolder}<sensor>");

    private static Id<TrafficMirrorFilter>? ReadFilter(Parameter parameter, List<ConfigurationError> errors)
    {
        var id = Id<TrafficMirrorFilter>.TryParse(parameter.Value.Trim());
        if (id is null)
            errors.Add(new(parameter.Name, null, $"is {Words.Quote(parameter.Value)}", "the id of the shared mirror filter, tmf-…"));
        return id;
    }

    private static List<Id<TrafficMirrorTarget>> ReadPool(Parameter parameter, List<ConfigurationError> errors)
    {
        var pool = new SortedSet<Id<TrafficMirrorTarget>>();
        foreach (var entry in parameter.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Id<TrafficMirrorTarget>.TryParse(entry) is { } id)
                pool.Add(id);
            else
                errors.Add(new(parameter.Name, null, $"holds {Words.Quote(entry)}", "ids of mirror targets, tmt-…, separated by commas"));
        }

        return [.. pool];
    }
}

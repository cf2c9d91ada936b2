using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>Turns the parameters under the prefix into a <see cref="Configuration"/>, or into every error that they hold.</summary>
public static class ConfigurationReader
{
    private const string FilterName = "filter";
    private const string PolicyName = "policy";
    private const string TargetsFolder = "targets/";

    /// <summary>Reads the parameters found under <paramref name="prefix"/>, such as <c>/automirror</c>.</summary>
    public static ConfigurationReading Read(string prefix, IReadOnlyList<Parameter> parameters)
    {
        var errors = new List<ConfigurationError>();
        var policy = Policy.Default;
        Id<TrafficMirrorFilter>? filter = null;
        var sensors = new SortedDictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>>();

        foreach (var parameter in parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            var name = parameter.Name[Math.Min(prefix.TrimEnd('/').Length + 1, parameter.Name.Length)..];
            if (parameter.Type == "SecureString")
                errors.Add(new(parameter.Name, null, "is a SecureString", "String or StringList; there is nothing secret in it"));
            else if (name == PolicyName)
                policy = PolicyReader.Read(parameter.Name, parameter.Value, errors);
            else if (name == FilterName)
                filter = ReadFilter(parameter, errors);
            else if (name.StartsWith(TargetsFolder, StringComparison.Ordinal) && name[TargetsFolder.Length..] is { Length: > 0 } sensor && !sensor.Contains('/', StringComparison.Ordinal))
                sensors[new SensorName(sensor)] = ReadPool(parameter, errors);
            else
                errors.Add(new(parameter.Name, null, "is unknown", $"{prefix}/{FilterName}, {prefix}/{PolicyName} and {prefix}/{TargetsFolder}<sensor>"));
        }

        if (filter is null && !errors.Exists(error => error.Parameter == $"{prefix}/{FilterName}"))
            errors.Add(new($"{prefix}/{FilterName}", null, "does not exist", "the id of the shared mirror filter, tmf-…"));
        return errors.Count == 0 && filter is { } id ? new ConfigurationReading.Valid(new(policy, id, sensors)) : new ConfigurationReading.Invalid(errors);
    }

    private static Id<TrafficMirrorFilter>? ReadFilter(Parameter parameter, List<ConfigurationError> errors)
    {
        var id = Id<TrafficMirrorFilter>.TryParse(parameter.Value.Trim());
        if (id is null)
            errors.Add(new(parameter.Name, null, $"is {ConfigurationError.Quote(parameter.Value)}", "the id of the shared mirror filter, tmf-…"));
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
                errors.Add(new(parameter.Name, null, $"holds {ConfigurationError.Quote(entry)}", "ids of mirror targets, tmt-…, separated by commas"));
        }

        return [.. pool];
    }
}

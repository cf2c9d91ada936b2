using System.Text;
using System.Text.Json;
using AutoMirror.Core.Policies;

namespace AutoMirror.Cli.Policies;

/// <summary>A policy in a file, with every error in it and where that stands.</summary>
/// <param name="Name">The file's name, for messages.</param>
internal sealed record PolicyFile(string Name, string Json, IReadOnlyList<PolicyError> Errors)
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    public static async Task<PolicyFile> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var json = file == "-"
                ? await Console.In.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(file, cancellationToken);
            return Of(file == "-" ? "standard input" : file, json);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the policy can't be read: {problem.Message}");
        }
    }

    /// <summary>Reads a policy's text, as the function reads the parameter.</summary>
    public static PolicyFile Of(string name, string text)
    {
        var json = text.TrimStart('\uFEFF');
        var errors = new List<ConfigurationError>();
        PolicyReader.Read(name, json, errors);
        var places = errors.Count == 0 ? [] : PlacesIn(json);
        return new PolicyFile(name, json, [.. errors.Select(error => PolicyError.Of(error, json, places))]);
    }

    /// <summary>Ends the verb where the policy is wrong.</summary>
    public void ThrowIfWrong()
    {
        if (Errors.Count > 0)
            throw new CommandException(string.Join("\nautomirror: ", Errors.Select(error => error.At(Name))));
    }

    /// <summary>Where each value of a document begins, in bytes, by its path as errors have it: <c>exclude.vpcs[0]</c>.</summary>
    private static Dictionary<string, long> PlacesIn(string json)
    {
        var places = new Dictionary<string, long>(StringComparer.Ordinal);
        var path = new Stack<(string Path, int Index)>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var name = "";
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    path.Pop();
                    continue;
                }

                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = reader.GetString() ?? "";
                    var parent = path.Peek().Path;
                    places.TryAdd(parent.Length == 0 ? name : $"{parent}.{name}", reader.TokenStartIndex);
                    continue;
                }

                var here = "";
                if (path.TryPeek(out var within))
                {
                    if (within.Index >= 0)
                    {
                        path.Pop();
                        path.Push((within.Path, within.Index + 1));
                        places.TryAdd(here = $"{within.Path}[{within.Index}]", reader.TokenStartIndex);
                    }
                    else
                    {
                        here = within.Path.Length == 0 ? name : $"{within.Path}.{name}";
                    }
                }

                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    path.Push((here, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // What comes behind the error has no place; the error itself says where it is.
        }

        return places;
    }
}

/// <summary>One thing that is wrong in a policy.</summary>
/// <param name="Field">The field, such as <c>limits.percent</c>; null when the whole document is meant.</param>
/// <param name="Line">Where it stands, from 1; null where nobody can say.</param>
internal sealed record PolicyError(string? Field, int? Line, int? Column, string Found, string Allowed)
{
    public static PolicyError Of(ConfigurationError error, string json, IReadOnlyDictionary<string, long> places)
    {
        if (error.Field is not { } field || !places.TryGetValue(field, out var place))
            return new(error.Field, null, null, error.Found, error.Allowed);
        var before = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(json).AsSpan(0, (int)place));
        return new(
            field, 1 + before.Count(each => each == '\n'), before.Length - before.LastIndexOf('\n'), error.Found, error.Allowed);
    }

    /// <summary>The error on one line, as compilers write them, so that editors find the place.</summary>
    public string At(string file) =>
        $"{file}{(Line is null ? "" : $":{Line}:{Column}")}: {(Field is null ? "the policy" : Field)} {Found}; allowed: {Allowed}";
}

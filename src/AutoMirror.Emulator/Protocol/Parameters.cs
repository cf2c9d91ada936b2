using System.Globalization;
using System.Text;
using AutoMirror.Emulator.Ec2;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// A query request's parameters as the tree that their dotted names draw: <c>Filter.1.Value.2</c>. Numbered children are lists.
/// It remembers what was read, so that a parameter nobody knows can be told.
/// </summary>
internal sealed class Parameters
{
    private readonly SortedDictionary<string, Parameters> children = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private string? value;

    public static Parameters From(IEnumerable<KeyValuePair<string, string>> flat)
    {
        var root = new Parameters();
        foreach (var (name, text) in flat)
        {
            var node = root;
            foreach (var part in name.Split('.'))
            {
                if (!node.children.TryGetValue(part, out var child))
                    node.children[part] = child = new();
                node = child;
            }

            node.value = text;
        }

        return root;
    }

    public string? Value => value;

    public IEnumerable<string> Names => children.Keys;

    public IEnumerable<string> Unread => children.Keys.Where(name => !read.Contains(name));

    public bool Has(string name) => children.ContainsKey(name);

    public Parameters? Structure(string name)
    {
        read.Add(name);
        return children.GetValueOrDefault(name);
    }

    public string? Text(string name) => Structure(name)?.value;

    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw Ec2Errors.MissingParameter(name);

    public int? Integer(string name) => Text(name) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw Ec2Errors.NotAnInteger(name, text);

    public int RequiredInteger(string name) => Integer(name) ?? throw Ec2Errors.MissingParameter(name);

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        var other => throw Ec2Errors.InvalidParameterValue($"Invalid value '{other}' for {name}. Must be true or false."),
    };

    /// <summary>The numbered children of a list, in order.</summary>
    public IReadOnlyList<Parameters> Structures(string name) => Structure(name) is not { } list
        ? []
        : [.. list.children.Where(pair => int.TryParse(pair.Key, out _)).OrderBy(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture))
            .Select(pair => pair.Value)];

    public IReadOnlyList<string> Texts(string name) => [.. Structures(name).Select(item => item.value).OfType<string>()];

    /// <summary>All leaves by their dotted names.</summary>
    public IEnumerable<KeyValuePair<string, string>> Flatten(string prefix = "")
    {
        if (value is not null && prefix.Length > 0)
            yield return new(prefix, value);
        foreach (var (name, child) in children)
            foreach (var leaf in child.Flatten(prefix.Length == 0 ? name : $"{prefix}.{name}"))
                yield return leaf;
    }

    public string Fingerprint(params string[] without)
    {
        var text = new StringBuilder();
        foreach (var (name, leaf) in Flatten())
            if (!without.Contains(name))
                text.Append(name).Append('=').Append(leaf).Append('\n');
        return text.ToString();
    }
}

using System.Globalization;
using System.Text;
using AutoMirror.Emulator.Ec2;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// A Query request's parameters as the tree that their dotted names describe: <c>Filter.1.Value.2</c>. Numbered children are lists. It
/// remembers at every level what was read: what is left in the end is unknown to the action.
/// </summary>
internal sealed class Parameters
{
    private readonly SortedDictionary<string, Parameters> _children = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private string? _value;
    private bool _valueRead;
    private bool _ignored;

    public static Parameters From(IEnumerable<KeyValuePair<string, string>> flat)
    {
        var root = new Parameters();
        foreach (var (name, text) in flat)
        {
            var node = root;
            foreach (var part in name.Split('.'))
            {
                if (!node._children.TryGetValue(part, out var child))
                    node._children[part] = child = new();
                node = child;
            }

            node._value = text;
        }

        return root;
    }

    public string? Value => _value;

    public IEnumerable<string> Names => _children.Keys;

    /// <summary>The dotted names of the parameters that were neither read nor ignored.</summary>
    public IEnumerable<string> Unread
    {
        get
        {
            if (_ignored)
                yield break;
            foreach (var (name, child) in _children)
            {
                // Some clients write an empty list as its bare name, which says nothing.
                if (!_read.Contains(name) || (child._value is { Length: > 0 } && !child._valueRead && !child._ignored))
                {
                    yield return name;
                }
                else
                {
                    foreach (var deeper in child.Unread)
                        yield return $"{name}.{deeper}";
                }
            }
        }
    }

    public bool Has(string name) => _children.ContainsKey(name);

    public Parameters? Structure(string name)
    {
        _read.Add(name);
        return _children.GetValueOrDefault(name);
    }

    public string? Text(string name)
    {
        if (Structure(name) is not { } child)
            return null;
        child._valueRead = true;
        return child._value;
    }

    /// <summary>Counts a parameter as read with everything below it: the action knows it, and it has no effect.</summary>
    public void Ignore(string name)
    {
        if (Structure(name) is { } child)
            child._ignored = true;
    }

    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw Ec2Errors.MissingParameter(name);

    public int? Integer(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Ec2Errors.NotAnInteger(name, text);
    }

    public int RequiredInteger(string name) => Integer(name) ?? throw Ec2Errors.MissingParameter(name);

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        var other => throw Ec2Errors.InvalidParameterValue($"Invalid value '{other}' for {name}. Must be true or false."),
    };

    /// <summary>The numbered children of a list, in order.</summary>
    public IReadOnlyList<Parameters> Structures(string name)
    {
        if (Structure(name) is not { } list)
            return [];
        var numbers = list._children.Keys.Where(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(key => int.Parse(key, CultureInfo.InvariantCulture)).Order().ToList();
        return [.. numbers.Select(number => list.Structure(Notation.Number(number))).OfType<Parameters>()];
    }

    public IReadOnlyList<string> Texts(string name)
    {
        List<string> texts = [];
        foreach (var item in Structures(name))
        {
            item._valueRead = true;
            if (item._value is { } text)
                texts.Add(text);
        }

        return texts;
    }

    /// <summary>All leaves by their dotted names.</summary>
    public IEnumerable<KeyValuePair<string, string>> Flatten(string prefix = "")
    {
        if (_value is not null && prefix.Length > 0)
            yield return new(prefix, _value);
        foreach (var (name, child) in _children)
        {
            foreach (var leaf in child.Flatten(prefix.Length == 0 ? name : $"{prefix}.{name}"))
                yield return leaf;
        }
    }

    /// <summary>A text that is the same for the same parameters, but for those that do not count.</summary>
    public string Fingerprint(params string[] without)
    {
        var text = new StringBuilder();
        foreach (var (name, leaf) in Flatten())
        {
            if (!without.Contains(name))
                text.Append(name).Append('=').Append(leaf).Append('\n');
        }

        return text.ToString();
    }
}

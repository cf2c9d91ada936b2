using System.Text;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Protocol;

/// <summary>The body of an XML answer, element by element. An element whose value is null is left out, as EC2 leaves it out.</summary>
internal sealed class XmlBody
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public XmlBody Text(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append('<').Append(name).Append('>');
            Escape(value);
            _text.Append("</").Append(name).Append('>');
        }

        return this;
    }

    public XmlBody Integer(string name, long? value) => Text(name, value is { } number ? Notation.Number(number) : null);

    public XmlBody Flag(string name, bool? value) => Text(name, value is { } flag ? Notation.Flag(flag) : null);

    public XmlBody Time(string name, DateTimeOffset value) => Text(name, Notation.Ec2Time(value));

    public XmlBody Structure(string name, Action content)
    {
        _text.Append('<').Append(name).Append('>');
        content();
        _text.Append("</").Append(name).Append('>');
        return this;
    }

    public XmlBody Set<T>(string name, IEnumerable<T> items, Action<T> content) => Structure(name, () =>
    {
        foreach (var item in items)
            Structure("item", () => content(item));
    });

    public XmlBody Set(string name, IEnumerable<string> items) => Structure(name, () =>
    {
        foreach (var item in items)
            Text("item", item);
    });

    /// <summary>A list as Query services other than EC2 write it.</summary>
    public XmlBody Members<T>(string name, IEnumerable<T> items, Action<T> content) => Structure(name, () =>
    {
        foreach (var item in items)
            Structure("member", () => content(item));
    });

    public XmlBody Members(string name, IEnumerable<string> items) => Structure(name, () =>
    {
        foreach (var item in items)
            Text("member", item);
    });

    public XmlBody Empty(string name) => Structure(name, () => { });

    public XmlBody Tags(Resource resource) => Set("tagSet", resource.Tags, tag => Text("key", tag.Key).Text("value", tag.Value));

    /// <summary>Describes of instances, VPCs, subnets and security groups leave an empty set out; others do not.</summary>
    public XmlBody TagsIfAny(Resource resource) => resource.Tags.Count == 0 ? this : Tags(resource);

    private void Escape(string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                '\r' => _text.Append("&#xD;"),
                // XML 1.0 has no other control characters.
                < ' ' and not ('\t' or '\n') => _text.Append('\uFFFD'),
                _ => _text.Append(character),
            };
        }
    }
}

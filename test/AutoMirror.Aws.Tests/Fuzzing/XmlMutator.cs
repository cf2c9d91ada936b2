using System.Xml.Linq;
using AutoMirror.Testing;

namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>Mutates EC2's answers as somebody would who knows what is in them.</summary>
internal static class XmlMutator
{
    private static readonly string[] Odd =
        [
            "", " ", "x", "-1", "99999999999999999999", "1e9", "1.5", "0x10", "true", "null", "i-", "I-0ABC", "i-0*", "eni-\u202e1",
            "none\u2028", "😀", "\u0000", "\ufffe", "[]", "{}", "'; --", "on-fire", new('9', 50_000), new('x', 300_000),
        ];

    // Of these any text is one that EC2 could have sent.
    private static readonly HashSet<string> FreeTexts = ["key", "value", "description"];

    // Without these the rest says something else that EC2 could have said.
    private static readonly HashSet<string> Optional =
        [
            "key", "value", "description", "tagSet", "item", "attachment", "instanceId", "nextToken", "deviceIndex", "vpcId", "subnetId",
            "networkLoadBalancerArn", "interfaceType", "instanceType",
        ];

    public static Mutation Mutate(WireReply reply, Random random)
    {
        var document = XDocument.Parse(reply.Text);
        var all = document.Root!.Descendants().ToList();
        var one = random.Of<XElement>([.. all]);
        return random.Next(9) switch
        {
            0 or 1 => Value(reply, document, random.Of<XElement>([.. all.Where(each => !each.HasElements)]), random),
            2 => Drop(reply, document, one),
            3 =>
                Change(
                    reply, document, MutationKind.Nothing, $"{one.Name.LocalName} is there twice",
                    () => one.AddAfterSelf(new XElement(one))),
            4 =>
                Change(
                    reply, document, MutationKind.Nothing, "its parts are in another order",
                    () => Shuffle(random.Of<XElement>([document.Root, .. all.Where(each => each.HasElements)]), random)),
            5 => Swap(reply, document, all, random),
            6 => Rename(reply, document, one, random),
            7 => Change(reply, document, MutationKind.Nothing, "there is more in it than is known", () => Strew(one, random)),
            _ => Items(reply, document, all, random),
        };
    }

    private static Mutation Value(WireReply reply, XDocument document, XElement leaf, Random random)
    {
        var value = random.Of(Odd);
        var before = Around(leaf);
        var name = leaf.Name.LocalName;
        var kind = value.Contains('\0', StringComparison.Ordinal) || value.Contains('\ufffe', StringComparison.Ordinal)
            ? MutationKind.Nothing
            : FreeTexts.Contains(name) || (value.Trim().Length == 0 && Optional.Contains(name)) ? MutationKind.Lie : MutationKind.Nothing;
        if (name == "nextToken" && value.Length == 0)
            kind = MutationKind.Omission;
        leaf.Value = "(here)";
        var text = document.ToString(SaveOptions.DisableFormatting)
            .Replace("(here)", value.Replace("&", "&amp;", StringComparison.Ordinal), StringComparison.Ordinal);
        return new(reply.With(text), kind, $"{Path(leaf)} is '{value[..Math.Min(value.Length, 40)]}'") { About = before };
    }

    private static Mutation Drop(WireReply reply, XDocument document, XElement one)
    {
        var before = Around(one);
        var what = $"{Path(one)} is missing";
        var kind = KindWithout(one);
        one.Remove();
        return new(reply.With(document.ToString(SaveOptions.DisableFormatting)), kind, what) { About = before };
    }

    private static Mutation Rename(WireReply reply, XDocument document, XElement one, Random random)
    {
        var (before, what, kind) = (Around(one), $"{Path(one)} has another name", KindWithout(one));
        one.Name = one.Name.Namespace + random.Of("nonsense", "Item", "_", one.Name.LocalName.ToUpperInvariant());
        return new(reply.With(document.ToString(SaveOptions.DisableFormatting)), kind, what) { About = before };
    }

    // Whole things that are missing are an omission; parts of a thing that EC2 may leave out make another thing of it.
    private static MutationKind KindWithout(XElement one)
    {
        var name = one.Name.LocalName;
        if (name.EndsWith("Set", StringComparison.Ordinal) && name != "tagSet")
            return MutationKind.Omission;
        return name == "nextToken" || (name == "item" && one.Parent!.Name.LocalName != "tagSet") ? MutationKind.Omission
            : Optional.Contains(name) ? MutationKind.Lie : MutationKind.Nothing;
    }

    private static Mutation Swap(WireReply reply, XDocument document, List<XElement> all, Random random)
    {
        var one = random.Of<XElement>([.. all.Where(each => !each.HasElements)]);
        var other = random.Of<XElement>([.. all.Where(each => each.Name == one.Name && !each.HasElements)]);
        string[] about = [.. Around(one), .. Around(other)];
        (one.Value, other.Value) = (other.Value, one.Value);
        return new(
            reply.With(document.ToString(SaveOptions.DisableFormatting)), MutationKind.Lie,
            $"{Path(one)} is that of another: '{one.Value}'")
        { About = about };
    }

    private static Mutation Items(WireReply reply, XDocument document, List<XElement> all, Random random)
    {
        var lists = all.Where(
            each => each.Name.LocalName.EndsWith("Set", StringComparison.Ordinal) && each.Name.LocalName != "tagSet" && each.HasElements)
            .ToList();
        if (lists.Count == 0)
            return new(reply, MutationKind.Nothing, "nothing");
        var list = random.Of<XElement>([.. lists]);
        var items = list.Elements().ToList();
        switch (random.Next(4))
        {
            case 0:
                items.Where(_ => random.Next(2) == 0).ToList().ForEach(item => item.Remove());
                return new(
                    reply.With(document.ToString(SaveOptions.DisableFormatting)), MutationKind.Omission,
                    $"some of {Path(list)} are missing");
            case 1:
                return Change(
                    reply, document, MutationKind.Nothing, $"{Path(list)} is there twice", () => list.AddAfterSelf(new XElement(list)));
            case 2:
                return Change(
                    reply, document, MutationKind.Nothing, $"all of {Path(list)} are there several times",
                    () =>
                        list.Add(Enumerable.Repeat(items, random.Next(1, 20)).SelectMany(each => each).Select(item => new XElement(item))));
            default:
                // What has no id, or nothing at all, is no answer of EC2's.
                return Change(
                    reply, document, MutationKind.Omission, $"something empty is in {Path(list)}",
                    () => list.Add(new XElement(list.Name.Namespace + "item")));
        }
    }

    private static Mutation Change(WireReply reply, XDocument document, MutationKind kind, string what, Action change)
    {
        change();
        return new(reply.With(document.ToString(SaveOptions.DisableFormatting)), kind, what);
    }

    private static void Shuffle(XElement parent, Random random)
    {
        XNode[] children = [.. parent.Nodes()];
        random.Shuffle(children);
        parent.ReplaceNodes(children);
    }

    private static void Strew(XElement one, Random random)
    {
        object more = random.Next(5) switch
        {
            0 => new XComment(" <item> "),
            1 => new XProcessingInstruction("php", "exit"),
            2 =>
                new XElement(
                    one.Name.Namespace + "unheardOf", new XElement("item", new XElement("unheardOf", new XElement("instanceId", "i-1")))),
            3 => Enumerable.Range(0, random.Of(10, 500)).Aggregate(new XElement("deep"), (inner, _) => new XElement("deep", inner)),
            _ => new XAttribute("unheardOf", "1"),
        };
        if (more is XAttribute attribute)
            one.Add(attribute);
        else
            one.AddAfterSelf(more);
    }

    /// <summary>Every text of the thing that an element is a part of.</summary>
    private static IReadOnlyCollection<string> Around(XElement element)
    {
        var thing = element.AncestorsAndSelf().LastOrDefault(each => each.Name.LocalName == "item");
        return thing is null ? [] : [.. thing.DescendantsAndSelf().Where(each => !each.HasElements).Select(each => each.Value)];
    }

    private static string Path(XElement element) =>
        string.Join('/', element.AncestorsAndSelf().Reverse().Skip(1).Select(each => each.Name.LocalName));
}

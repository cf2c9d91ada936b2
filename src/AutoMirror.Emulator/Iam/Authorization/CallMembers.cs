using System.Globalization;
using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>The members of a call by their dotted names, whatever protocol brought them.</summary>
internal static class CallMembers
{
    public static string? Text(this ServiceCall call, string name) => call.Parameters.GetValueOrDefault(name);

    /// <summary>The value of a member that has one, or the values of a list: <c>InstanceId.1</c>, <c>Names.member.1</c>.</summary>
    public static IReadOnlyList<string> All(this ServiceCall call, string name)
    {
        if (call.Text(name) is { Length: > 0 } single)
            return [single];
        return [.. call.Numbered(name).Select(item => call.Text(item)).OfType<string>()];
    }

    /// <summary>The dotted names of a list's items, in their order: <c>Tag.1</c>, <c>Tag.2</c>.</summary>
    public static IReadOnlyList<string> Numbered(this ServiceCall call, string name)
    {
        SortedDictionary<int, string> items = [];
        foreach (var key in call.Parameters.Keys)
        {
            foreach (var start in (string[])[$"{name}.member.", $"{name}."])
            {
                if (!key.StartsWith(start, StringComparison.Ordinal))
                    continue;
                var digits = key[start.Length..].Split('.')[0];
                if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    items[number] = start + digits;
            }
        }

        return [.. items.Values];
    }

    /// <summary>Tags as a list of keys and values in the member of that name.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Tags(this ServiceCall call, string name) =>
    [
        .. call.Numbered(name).Where(item => call.Text($"{item}.Key") is not null)
            .Select(item => KeyValuePair.Create(call.Text($"{item}.Key")!, call.Text($"{item}.Value") ?? "")),
    ];

    /// <summary>Tags as a map in the member of that name.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> TagMap(this ServiceCall call, string name) =>
    [
        .. call.Parameters.Where(pair => pair.Key.StartsWith(name + ".", StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key[(name.Length + 1)..], pair.Value)),
    ];

    /// <summary>The context with the tags that a request gives; none leaves it as it is.</summary>
    public static RequestContext WithRequestTags(this RequestContext context, IReadOnlyList<KeyValuePair<string, string>> tags) =>
        new RequestContext(context).WithTags("aws:RequestTag", tags).With("aws:TagKeys", tags.Select(tag => tag.Key));

    /// <summary>The context with the tags that a resource has.</summary>
    public static RequestContext WithResourceTags(this RequestContext context, IEnumerable<KeyValuePair<string, string>> tags) =>
        new RequestContext(context).WithTags("aws:ResourceTag", tags);
}

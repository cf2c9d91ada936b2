using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// The filters that a describe documents, and what each looks at. "Filter names are case-sensitive"; EC2 joins several values with OR
/// and several filters with AND, and takes up to 200 values a call (EC2 User Guide, "List and filter using the CLI and API").
/// </summary>
internal sealed class FilterCatalogue<T>(TagFilters tags = TagFilters.All) where T : Resource
{
    public const int MaximumValues = 200;

    private readonly Dictionary<string, Func<T, IEnumerable<string?>>> _readers = new(StringComparer.Ordinal);

    public FilterCatalogue<T> With(string name, Func<T, IEnumerable<string?>> reader)
    {
        _readers.Add(name, reader);
        return this;
    }

    public FilterCatalogue<T> With(string name, Func<T, string?> reader) => With(name, resource => [reader(resource)]);

    public FilterCatalogue<T> With(string name, Func<T, bool?> reader) =>
        With(name, resource => reader(resource) is { } value ? Notation.Flag(value) : null);

    public FilterCatalogue<T> With(string name, Func<T, long?> reader) =>
        With(name, resource => reader(resource) is { } value ? Notation.Number(value) : null);

    public FilterCatalogue<T> With(string name, Func<T, DateTimeOffset?> reader) =>
        With(name, resource => reader(resource) is { } value ? Notation.Ec2Time(value) : null);

    public FilterCatalogue<T> With(string name, Func<T, IEnumerable<int?>> reader) =>
        With(name, resource => reader(resource).Select(value => value is { } number ? Notation.Number(number) : null));

    /// <summary>
    /// Filters that another kind's describe has too: <paramref name="names"/>, here behind a prefix, of the resources of that kind that
    /// belong to each of these.
    /// </summary>
    public FilterCatalogue<T> WithThoseOf<TOther>(
        string prefix, FilterCatalogue<TOther> others, Func<T, IEnumerable<TOther>> belongings, params ReadOnlySpan<string> names)
        where TOther : Resource
    {
        foreach (var name in names)
        {
            var reader = others._readers[name];
            With(prefix + name, resource => belongings(resource).SelectMany(reader));
        }

        return this;
    }

    /// <summary>Documented names for which the emulator keeps no state: they match nothing.</summary>
    public FilterCatalogue<T> WithNothingFor(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            _readers.Add(name, _ => []);
        return this;
    }

    /// <summary>One test for all filters; an unknown name or too many values are EC2's error.</summary>
    public Func<T, bool> Compile(IReadOnlyList<Filter> filters)
    {
        if (filters.Sum(filter => filter.Values.Count) > MaximumValues)
            throw Ec2Errors.FilterLimitExceeded(MaximumValues);
        var tests = filters.Select(Compile).ToList();
        return resource => tests.TrueForAll(test => test(resource));
    }

    private Func<T, bool> Compile(Filter filter)
    {
        var reader = filter.Name switch
        {
            "tag-key" when tags == TagFilters.All => resource => resource.Tags.Keys,
            _ when tags != TagFilters.None && filter.Name.StartsWith("tag:", StringComparison.Ordinal) =>
                TagReader(filter.Name["tag:".Length..]),
            _ => _readers.GetValueOrDefault(filter.Name) ?? throw Ec2Errors.InvalidFilter(filter.Name),
        };
        if (filter.Values.Count == 0)
            throw Ec2Errors.FilterWithoutValues(filter.Name);
        var patterns = filter.Values.Select(Wildcard.Compile).ToList();
        return resource => reader(resource).Any(value => value is not null && patterns.Exists(pattern => pattern(value)));
    }

    private static Func<T, IEnumerable<string?>> TagReader(string key) => resource => [resource.Tags.GetValueOrDefault(key)];
}

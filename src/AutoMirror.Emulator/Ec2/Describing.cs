using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2;

/// <summary>The describe that all resources share: ids, filters, pages, over what is visible.</summary>
internal sealed record Describing<T>(
    Table<T> Table, FilterCatalogue<T> Filters, Func<IReadOnlyList<string>, AwsException> NotFound) where T : Resource
{
    /// <summary>The filter that names the resource's own id.</summary>
    public required string IdFilter { get; init; }

    public int LeastResults { get; init; } = 5;

    public int MostResults { get; init; } = 1000;

    /// <summary>What EC2 calls the list of ids where it can't go with MaxResults; null where it can.</summary>
    public string? IdsExcludeMaxResults { get; init; }

    public Func<string, AwsException?> Malformed { get; init; } = _ => null;

    public Page<T> Page(Query query)
    {
        CheckPage(query.Ids.Count, query.MaxResults, LeastResults, MostResults, IdsExcludeMaxResults);
        var matches = Filters.Compile(query.Filters);
        var after = Paging.Read(Table.Kind, query.NextToken);
        var candidates = query.Ids.Count > 0 ? ById(query.Ids) : Candidates(query.Filters);
        return Paging.Take(Table.Kind, candidates.Where(matches), resource => resource.Id, after, query.MaxResults ?? Paging.DefaultPage);
    }

    public static void CheckPage(int ids, int? maxResults, int least, int most, string? idsExcludeMaxResults)
    {
        if (maxResults is not { } wanted)
            return;
        if (ids > 0 && idsExcludeMaxResults is not null)
            throw Ec2Errors.IdsWithMaxResults(idsExcludeMaxResults);
        if (wanted < least)
            throw Ec2Errors.MaxResultsTooSmall(wanted, least);
        if (wanted > most)
            throw Ec2Errors.MaxResultsTooLarge(wanted, most);
    }

    private IEnumerable<T> ById(IReadOnlyList<string> ids)
    {
        if (ids.Select(Malformed).FirstOrDefault(error => error is not null) is { } malformed)
            throw malformed;
        var wanted = ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var found = wanted.Select(id => (Id: id, Resource: Table.Shown.Find(id))).ToList();
        return found.Where(each => each.Resource is null).Select(each => each.Id).ToList() is { Count: > 0 } missing
            ? throw NotFound(missing)
            : found.Select(each => each.Resource!);
    }

    /// <summary>A filter on an indexed value narrows the search to a look-up; the rest is a scan in the order of ids.</summary>
    private IEnumerable<T> Candidates(IReadOnlyList<Filter> filters)
    {
        var narrow = filters.FirstOrDefault(filter =>
            (filter.Name == IdFilter || Table.Shown.HasIndex(filter.Name)) && filter.Values.All(Wildcard.IsPlain));
        if (narrow is null)
            return Table.Shown.Values;
        var ids = narrow.Name == IdFilter ? narrow.Values : narrow.Values.SelectMany(value => Table.Shown.IdsWhere(narrow.Name, value));
        return ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Table.Shown.Find).OfType<T>();
    }
}

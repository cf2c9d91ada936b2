using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2;

/// <summary>The describe that all kinds of resource share: ids, filters and pages over what is visible.</summary>
internal sealed record Describing<T>(
    Table<T> Table, FilterCatalogue<T> Filters, Func<IReadOnlyList<string>, AwsException> NotFound) where T : Resource
{
    /// <summary>A describe whose error names the first id that does not exist.</summary>
    public Describing(Table<T> table, FilterCatalogue<T> filters, Func<string, AwsException> notFound)
        : this(table, filters, ids => notFound(ids[0]))
    {
    }

    /// <summary>The filter that names the resource's own id.</summary>
    public string IdFilter { get; init; } = $"{Table.Kind}-id";

    public PageSize PageSize { get; init; } = PageSize.Usual;

    /// <summary>What EC2's error calls the list of ids, for a describe that refuses ids together with MaxResults; otherwise null.</summary>
    public string? IdsExcludeMaxResults { get; init; }

    /// <summary>The error for an id of the wrong form; null for an id that may exist.</summary>
    public Func<string, AwsException?> Malformed { get; init; } = _ => null;

    /// <summary>Whether lists leave a resource out unless it is asked for by its id.</summary>
    public Func<T, bool> IsHidden { get; init; } = _ => false;

    public Page<T> Page(Query query)
    {
        using (Table.Enter())
        {
            if (query.MaxResults is not null && query.Ids.Count > 0 && IdsExcludeMaxResults is not null)
                throw Ec2Errors.IdsWithMaxResults(IdsExcludeMaxResults);
            PageSize.Check(query.MaxResults);
            var matches = Filters.Compile(query.Filters);
            var after = Paging.Read(Table.Kind, query.NextToken, Ec2Errors.InvalidNextToken);
            var candidates = query.Ids.Count > 0
                ? ById(query.Ids)
                : Candidates(query.Filters).Where(resource => query.IncludeManagedResources || !IsHidden(resource));
            return Paging.Take(Table.Kind, candidates.Where(matches), resource => resource.Id, after, query.MaxResults);
        }
    }

    /// <summary>The error for ids that do not exist: for the first of the wrong form if there is one, otherwise for all.</summary>
    public AwsException Missing(IReadOnlyList<string> ids) =>
        ids.Select(Malformed).FirstOrDefault(error => error is not null) ?? NotFound([.. Sorted(ids)]);

    private IEnumerable<T> ById(IReadOnlyList<string> ids)
    {
        var missing = ids.Where(id => Table.Shown.Find(id) is null).ToList();
        return missing.Count > 0 ? throw Missing(missing) : Sorted(ids).Select(id => Table.Shown.Find(id)!);
    }

    /// <summary>A filter on an indexed value turns the search into a look-up; any other query scans the table.</summary>
    private IEnumerable<T> Candidates(IReadOnlyList<Filter> filters)
    {
        var narrow = filters.FirstOrDefault(filter =>
            (filter.Name == IdFilter || Table.Shown.HasIndex(filter.Name)) && filter.Values.All(Wildcard.IsPlain));
        if (narrow is null)
            return Table.Shown.Values;
        var ids = narrow.Name == IdFilter ? narrow.Values : narrow.Values.SelectMany(value => Table.Shown.IdsWhere(narrow.Name, value));
        return Sorted(ids).Select(Table.Shown.Find).OfType<T>();
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> ids) =>
        ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}

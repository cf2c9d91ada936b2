namespace AutoMirror.Emulator.Logs;

/// <summary>A saved query of CloudWatch Logs Insights, which the emulator keeps and does not run.</summary>
internal sealed record QueryDefinition(
    string Id, string Name, string Query, IReadOnlyList<string> LogGroups, string Language, DateTimeOffset LastModified);

/// <summary>The saved queries by id.</summary>
internal sealed class QueryDefinitions(Cloud cloud)
{
    private readonly SortedDictionary<string, QueryDefinition> _queries = new(StringComparer.Ordinal);

    public IReadOnlyList<QueryDefinition> All => _queries.Values.OrderBy(query => query.Name, StringComparer.Ordinal).ToList();

    /// <summary>Saves a new query, or another text under the id of one that is there.</summary>
    public QueryDefinition Put(string? id, string name, string query, IReadOnlyList<string> logGroups, string language)
    {
        if (id is not null && !_queries.ContainsKey(id))
            throw LogsErrors.QueryNotFound();
        id ??= cloud.Seeded.Uuid();
        return _queries[id] = new(id, name, query, logGroups, language, cloud.Now);
    }

    /// <summary>Deletes a query, and always says true; an unknown one is an error.</summary>
    public bool Delete(string id) => _queries.Remove(id) ? true : throw LogsErrors.QueryNotFound();
}

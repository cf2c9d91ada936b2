using System.Collections.Immutable;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Tagging;

/// <summary>CreateTags, DeleteTags and DescribeTags, over every kind of resource.</summary>
public sealed class ResourceTags
{
    private readonly Cloud _cloud;
    private readonly IReadOnlyList<ITable> _tables;

    internal ResourceTags(Cloud cloud, IReadOnlyList<ITable> tables)
    {
        _cloud = cloud;
        _tables = tables;
    }

    /// <summary>Adds or overwrites tags. Either all the resources get them or none does.</summary>
    public void Create(IReadOnlyList<string> ids, IReadOnlyDictionary<string, string> tags)
    {
        using (_cloud.Enter())
        {
            var found = ids.Select(Find).ToList();
            var merged = found.Select(each => TagRules.Merge(each.Resource.Tags, tags)).ToList();
            foreach (var ((table, resource), after) in found.Zip(merged))
                Put(table, resource, after, tags.Keys);
        }
    }

    /// <summary>
    /// Deletes tags by key, or by key and value; all tags where none is named. "If a tag isn't there, the call still succeeds."
    /// </summary>
    public void Delete(IReadOnlyList<string> ids, IReadOnlyList<(string Key, string? Value)> tags)
    {
        using (_cloud.Enter())
        {
            foreach (var (table, resource) in ids.Select(Find).ToList())
            {
                var gone = tags.Count == 0
                    ? resource.Tags.Keys.ToList()
                    : [.. tags.Where(tag => resource.Tags.TryGetValue(tag.Key, out var value) && (tag.Value ?? value) == value)
                        .Select(tag => tag.Key)];
                Put(table, resource, resource.Tags.RemoveRange(gone), gone);
            }
        }
    }

    /// <summary>Describes tags; the filters are key, resource-id, resource-type, value and tag:KEY.</summary>
    public Page<TagDescription> Describe(Query query)
    {
        using (_cloud.Enter())
        {
            PageSize.Usual.Check(query.MaxResults);
            var matches = Catalogue.Compile(query.Filters);
            var after = Paging.Read("tag", query.NextToken, Ec2Errors.InvalidNextToken);
            var rows = _tables.SelectMany(RowsOf).Where(matches).OrderBy(row => row.Id, StringComparer.Ordinal);
            var page = Paging.Take("tag", rows, row => row.Id, after, query.MaxResults);
            return new([.. page.Items.Select(row => row.Tag)], page.NextToken);
        }
    }

    /// <summary>The kind of resource that an id is of; null for one of no known kind.</summary>
    internal string? KindOf(string id) => TableOf(id)?.Kind;

    /// <summary>The resource with an id, of whatever kind; null when there is none.</summary>
    internal Resource? ResourceOf(string id) => TableOf(id)?.Find(id);

    private static FilterCatalogue<Row> Catalogue { get; } = new FilterCatalogue<Row>(TagFilters.ByKey)
        .With("key", row => row.Tag.Key)
        .With("value", row => row.Tag.Value)
        .With("resource-id", row => row.Tag.ResourceId)
        .With("resource-type", row => row.Tag.ResourceType);

    private static IEnumerable<Row> RowsOf(ITable table) => table.Shown.SelectMany(resource => resource.Tags.Select(tag => new Row
    {
        Id = $"{resource.Id} {tag.Key}", Tags = resource.Tags, Tag = new(resource.Id, table.Kind, tag.Key, tag.Value),
    }));

    private void Put(
        ITable table, Resource resource, ImmutableSortedDictionary<string, string> tags, IEnumerable<string> changed)
    {
        var keys = changed.Where(key => resource.Tags.GetValueOrDefault(key) != tags.GetValueOrDefault(key)).ToList();
        if (keys.Count == 0)
            return;
        table.Put(resource with { Tags = tags });
        _cloud.ServiceEvents.TagChange(table.Kind, resource.Id, keys, tags);
    }

    private (ITable Table, Resource Resource) Find(string id)
    {
        var table = TableOf(id) ?? throw Ec2Errors.InvalidId(id);
        return (table, table.Find(id) ?? throw NotFound(table.Prefix, id));
    }

    private ITable? TableOf(string id) => _tables.FirstOrDefault(table => ResourceId.IsWellFormed(table.Prefix, id));

    private static AwsException NotFound(string prefix, string id) => prefix switch
    {
        "i" => Ec2Errors.InstanceNotFound([id]),
        "eni" => Ec2Errors.NetworkInterfaceNotFound(id),
        "vpc" => Ec2Errors.VpcNotFound(id),
        "vpce" => Ec2Errors.VpcEndpointNotFound(id),
        "subnet" => Ec2Errors.SubnetNotFound(id),
        "sg" => Ec2Errors.SecurityGroupNotFound(id),
        "tms" => Ec2Errors.SessionNotFound(id),
        "tmt" => Ec2Errors.TargetNotFound(id),
        "tmf" => Ec2Errors.FilterNotFound(id),
        "tmfr" => Ec2Errors.FilterRuleNotFound(id),
        _ => Ec2Errors.InvalidId(id),
    };

    private sealed record Row : Resource
    {
        public required TagDescription Tag { get; init; }
    }
}

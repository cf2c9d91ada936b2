using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// What every kind of resource has: a table, a describe over it, and EC2's error for an id that does not exist. The rules of a kind
/// are in the class that derives from this.
/// </summary>
public abstract class ResourceKind<T> where T : Resource
{
    private protected ResourceKind(Cloud cloud, Ec2Engine ec2, Describing<T> describing)
    {
        Cloud = cloud;
        Ec2 = ec2;
        Describing = describing;
    }

    internal Table<T> Table => Describing.Table;

    private protected Cloud Cloud { get; }

    private protected Ec2Engine Ec2 { get; }

    private protected Describing<T> Describing { get; }

    /// <summary>Describes one page of what matches, as readers see it at the moment.</summary>
    public Page<T> Describe(Query query) => Describing.Page(query);

    /// <summary>The resource as it is now, whether readers see it already or not.</summary>
    internal T Get(string id) => Table.Find(id) ?? throw Describing.Missing([id]);

    /// <summary>These resources as they are now, each once; EC2's error when any of them does not exist.</summary>
    internal List<T> GetAll(IReadOnlyList<string> ids)
    {
        var missing = ids.Where(id => Table.Find(id) is null).ToList();
        return missing.Count > 0 ? throw Describing.Missing(missing) : [.. ids.Distinct().Select(id => Table.Find(id)!)];
    }
}

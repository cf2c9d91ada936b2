namespace AutoMirror.Emulator.State;

/// <summary>A table whatever kind of resource it holds: what tags need of it.</summary>
internal interface ITable
{
    string Kind { get; }

    /// <summary>What the ids of this kind begin with, without the hyphen.</summary>
    string Prefix { get; }

    IEnumerable<Resource> Shown { get; }

    Resource? Find(string id);

    void Put(Resource resource);

    /// <summary>Removes everything.</summary>
    void Clear();
}

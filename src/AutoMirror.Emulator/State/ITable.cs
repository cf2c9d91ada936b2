namespace AutoMirror.Emulator.State;

/// <summary>A table as the rest of the state needs it, whatever it holds.</summary>
internal interface ITable
{
    string Kind { get; }

    string Prefix { get; }

    IEnumerable<Resource> Visible { get; }

    Resource? Find(string id);

    void Put(Resource resource);
}

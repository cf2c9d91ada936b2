using System.Globalization;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>One request of Elastic Load Balancing: its parameters and the body of its answer. Lists are numbered below "member".</summary>
internal sealed class ElbCall(Cloud cloud, Parameters parameters)
{
    private const int MostPerPage = 400;

    private static readonly string[] Always = ["Action", "Version"];

    public Cloud Cloud => cloud;

    public ElasticLoadBalancing Balancing => cloud.LoadBalancing;

    public Parameters Input => parameters;

    public XmlBody Body { get; } = new();

    public string Required(string name) => Needed(parameters, name);

    /// <summary>A text within a structure.</summary>
    public static string Needed(Parameters from, string name) => from.Text(name) is { Length: > 0 } text
        ? text
        : throw ElbErrors.Validation($"A value for '{name}' must be specified");

    public IReadOnlyList<string> Texts(string name) => parameters.Structure(name)?.Texts("member") ?? [];

    public IReadOnlyList<Parameters> Structures(string name) => parameters.Structure(name)?.Structures("member") ?? [];

    public IReadOnlyList<string> NeededTexts(string name) => NotEmpty(name, Texts(name));

    public IReadOnlyList<Parameters> NeededStructures(string name) => NotEmpty(name, Structures(name));

    /// <summary>The tags, none or at least one: a client writes an empty list as an empty text.</summary>
    public Dictionary<string, string> Tags() =>
        (parameters.Text("Tags") is "" ? NeededStructures("Tags") : Structures("Tags"))
            .ToDictionary(tag => Needed(tag, "Key"), tag => tag.Text("Value") ?? "");

    public int? Integer(string name, int least = int.MinValue, int most = int.MaxValue) => parameters.Text(name) is not { } text
        ? null
        : !int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? throw ElbErrors.Validation($"'{text}' for '{name}' is no integer")
            : number >= least && number <= most
                ? number
                : throw ElbErrors.Validation($"'{name}' must be between {least} and {most}");

    /// <summary>Does the work once its parameters have been read; a parameter that nobody has read is not emulated.</summary>
    public T Do<T>(Func<T> work) => parameters.Unread.FirstOrDefault(name => !Always.Contains(name)) is { } unread
        ? throw ElbErrors.NotEmulated($"The parameter {unread}")
        : cloud.InTurn(work);

    public void Do(Action work) => Do(() =>
    {
        work();
        return true;
    });

    /// <summary>Writes one page of a list that is in the order of its ARNs, and a marker when there is more.</summary>
    public void WritePage<T>(string name, IEnumerable<T> all, Func<T, string> arn, Action<T> write)
    {
        var (marker, size) = (parameters.Text("Marker"), Integer("PageSize", 1, MostPerPage));
        var page = Do(() => Paging.Take(
            name, all.OrderBy(arn, StringComparer.Ordinal), arn,
            Paging.Read(name, marker, () => ElbErrors.Validation("The marker is not valid")), size ?? MostPerPage));
        Body.Members(name, page.Items, write).Text("NextMarker", page.NextToken);
    }

    private static IReadOnlyList<T> NotEmpty<T>(string name, IReadOnlyList<T> items) => items.Count > 0
        ? items
        : throw ElbErrors.Validation($"At least one value for '{name}' must be specified");
}

using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Snapshots;

/// <summary>Parameter Store as one reading shows it, with what-ifs in place of what it holds.</summary>
/// <param name="instead">Values that hold instead, by the parameter's full name.</param>
internal sealed class SnapshotParameters(IAccountSource source, IReadOnlyDictionary<string, string> instead) : IParameterStore
{
    public IReadOnlyDictionary<string, int> Calls => new Dictionary<string, int>();

    public async Task<Answer<IReadOnlyList<Parameter>>> ReadAsync(string prefix, CancellationToken cancellationToken) =>
        (await source.ReadParametersAsync(cancellationToken)).Select(
            IReadOnlyList<Parameter> (found) =>
            [
                .. found.Where(each => each.Name is not null && !instead.ContainsKey(each.Name))
                    .Select(each => new Parameter(each.Name, each.Type?.Value ?? "String", each.Value ?? "")),
                .. instead.Select(pair => new Parameter(pair.Key, "String", pair.Value)),
            ]);

    /// <summary>Another policy than the one in force.</summary>
    public static Dictionary<string, string> WithPolicy(string prefix, string json) =>
        new() { [ParameterSetReader.PolicyParameter(prefix)] = json };
}

using Amazon.SimpleSystemsManagement;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Aws;

/// <summary>Parameter Store through the AWS SDK.</summary>
internal sealed class ParameterStorePort(IAmazonSimpleSystemsManagement client, AwsCaller caller) : IParameterStore
{
    // SSM API reference, GetParametersByPath: MaxResults 1–10.
    private const int PageSize = 10;

    public IReadOnlyDictionary<string, int> Calls => caller.Calls;

    public Task<Answer<IReadOnlyList<Parameter>>> ReadAsync(string prefix, CancellationToken cancellationToken) => caller.PagesAsync(
        "GetParametersByPath",
        (token, ct) => client.GetParametersByPathAsync(new() { Path = prefix, Recursive = true, WithDecryption = false, MaxResults = PageSize, NextToken = token }, ct),
        page => (page.Parameters ?? []).Select(parameter => new Parameter(parameter.Name, parameter.Type?.Value ?? "String", parameter.Value ?? "")),
        page => page.NextToken,
        cancellationToken);
}

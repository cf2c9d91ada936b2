using Amazon.SimpleSystemsManagement;
using AutoMirror.Core.Ports;
using Sdk = Amazon.SimpleSystemsManagement.Model;

namespace AutoMirror.Aws;

/// <summary>Parameter Store through the AWS SDK.</summary>
internal sealed class ParameterStorePort(IAmazonSimpleSystemsManagement client, AwsCaller caller) : IParameterStore
{
    // SSM API reference, GetParametersByPath: MaxResults 1–10.
    private const int PageSize = 10;

    public IReadOnlyDictionary<string, int> Calls => caller.Calls;

    public Task<Answer<IReadOnlyList<Parameter>>> ReadAsync(string prefix, CancellationToken cancellationToken) => caller.PagesAsync(
        Actions.GetParametersByPath,
        (page, token) => client.GetParametersByPathAsync(
            new() { Path = prefix, Recursive = true, WithDecryption = false, MaxResults = PageSize, NextToken = page }, token),
        answer =>
            (answer.Parameters ?? throw new FormatException("the answer lacks the list of parameters"))
                .Select(each => ToParameter(each, prefix)),
        answer => answer.NextToken,
        cancellationToken).OnceEach(parameter => parameter.Name);

    private static Parameter ToParameter(Sdk.Parameter? parameter, string prefix) =>
        parameter is { Name: { } name, Value: { } value } && name.StartsWith($"{prefix.TrimEnd('/')}/", StringComparison.Ordinal)
            ? new Parameter(name, parameter.Type?.Value ?? "String", value)
            : throw new FormatException($"'{parameter?.Name}' is not a parameter under {prefix}, or lacks a value");
}

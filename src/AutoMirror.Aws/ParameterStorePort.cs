using Amazon.SimpleSystemsManagement;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using Sdk = Amazon.SimpleSystemsManagement.Model;

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
        page => (page.Parameters ?? throw new FormatException("it lists no parameters, not even none")).Select(parameter => ToParameter(parameter, prefix)),
        page => page.NextToken,
        cancellationToken).OnceEach(parameter => parameter.Name);

    private static Parameter ToParameter(Sdk.Parameter? parameter, string prefix) =>
        parameter is { Name: { } name, Value: { } value } && name.StartsWith($"{prefix.TrimEnd('/')}/", StringComparison.Ordinal)
            ? new Parameter(name, parameter.Type?.Value ?? "String", value)
            : throw new FormatException($"'{parameter?.Name}' is no parameter under {prefix}, or has no value");
}

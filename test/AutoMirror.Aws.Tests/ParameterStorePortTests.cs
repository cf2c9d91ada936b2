using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using AutoMirror.Core.Ports;
using Moq;
using Xunit;
using Sdk = Amazon.SimpleSystemsManagement.Model;

namespace AutoMirror.Aws.Tests;

/// <summary>What exactly is asked of Parameter Store.</summary>
public sealed class ParameterStorePortTests
{
    private readonly List<object> _requests = [];

    private static AwsCaller Caller() => new(new RetryPolicy(TimeProvider.System, DateTimeOffset.MaxValue, () => 0));

    private T Kept<T>() => Match.Create<T>(request =>
    {
        _requests.Add(request!);
        return true;
    });

    [Fact]
    public async Task Parameters_are_read_recursively_ten_a_page()
    {
        var ssm = new Mock<IAmazonSimpleSystemsManagement>(MockBehavior.Strict);
        ssm.Setup(client => client.GetParametersByPathAsync(Kept<GetParametersByPathRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                () =>
                    new GetParametersByPathResponse
                    {
                        Parameters = [new() { Name = $"/automirror/{_requests.Count}", Value = "v", Type = ParameterType.String }],
                        NextToken = _requests.Count < 3 ? $"more {_requests.Count}" : null,
                    });

        var answer = await new ParameterStorePort(ssm.Object, Caller()).ReadAsync("/automirror", CancellationToken.None);

        Assert.Equal(3, Assert.IsType<Answer<IReadOnlyList<Core.Ports.Parameter>>.Given>(answer).Value.Count);
        Assert.All(
            _requests.Cast<GetParametersByPathRequest>(),
            request =>
                Assert.Equal(
                    ("/automirror", true, 10, false), (request.Path, request.Recursive, request.MaxResults, request.WithDecryption)));
    }

    public static TheoryData<List<Sdk.Parameter>?> WrongParameters => new()
    {
        null,
        new List<Sdk.Parameter> { null! },
        new List<Sdk.Parameter> { new() { Name = null, Value = "v" } },
        new List<Sdk.Parameter> { new() { Name = "/automirror/filter", Value = null } },
        new List<Sdk.Parameter> { new() { Name = "/automirros/filter", Value = "tmf-1" } },
    };

    [Theory]
    [MemberData(nameof(WrongParameters))]
    public async Task Parameters_that_are_none_of_what_was_asked_for_are_refused(List<Sdk.Parameter>? parameters)
    {
        var ssm = new Mock<IAmazonSimpleSystemsManagement>();
        ssm.Setup(client => client.GetParametersByPathAsync(It.IsAny<GetParametersByPathRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GetParametersByPathResponse { Parameters = parameters });

        var answer = await new ParameterStorePort(ssm.Object, Caller()).ReadAsync("/automirror", CancellationToken.None);

        Assert.Equal(
            RefusalCodes.UnreadableAnswer, Assert.IsType<Answer<IReadOnlyList<Core.Ports.Parameter>>.Refused>(answer).Refusal.Code);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using AutoMirror.Aws.Hosting;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>An account with the function behind a queue.</summary>
public abstract class OnAQueue : IAsyncLifetime
{
    private protected const string Role = "automirror-us-east-1";

    private protected EmulatedAccount _account = null!;
    private protected string _queueUrl = "";

    public async Task InitializeAsync()
    {
        _account = await EmulatedAccount.StartAsync();
        await _account.PutAsync("targets/default", await _account.NewLoadBalancerTargetAsync());
        _queueUrl = _account.Cloud.Sqs.Create("events").Url;
    }

    public async Task DisposeAsync() => await _account.DisposeAsync();

    private protected FunctionUnderTest Function(GateTransport? transport = null, TimeProvider? time = null) =>
        new(_account, transport, new Dictionary<string, string?>
        {
            ["AUTOMIRROR_QUEUE_URL"] = _queueUrl, ["AUTOMIRROR_ROLE_NAME"] = Role, ["AWS_LAMBDA_FUNCTION_NAME"] = "automirror",
        }, time);

    private protected static string Running(Instance instance) => FunctionUnderTest.StateChange(instance.InstanceId, "running");

    private protected int Count(string action) => _account.Cloud.Requests.Snapshot().Count(request => request.Action == action);

    private protected static Task<InvocationOutcome> InvokeAsync(
        FunctionUnderTest function, IEnumerable<string> bodies, TimeSpan? timeout = null) =>
        function.InvokeAsync(
        new JsonObject
        {
            ["Records"] = new JsonArray(
                [.. bodies.Select((body, index) => new JsonObject
                {
                    ["messageId"] = $"m-{index}",
                    ["eventSource"] = "aws:sqs",
                    ["body"] = body,
                })]),
        }.ToJsonString(),
        timeout);

    private protected static async Task<List<string>> AnswerAsync(
        FunctionUnderTest function, IEnumerable<string> bodies, TimeSpan? timeout = null)
    {
        var answered = Assert.IsType<InvocationOutcome.Answered>(await InvokeAsync(function, bodies, timeout));
        using var answer = JsonDocument.Parse(answered.Json);
        Assert.Equal(["batchItemFailures"], answer.RootElement.EnumerateObject().Select(field => field.Name));
        return [
            .. answer.RootElement.GetProperty("batchItemFailures").EnumerateArray()
                .Select(failure => failure.GetProperty("itemIdentifier").GetString()!)];
    }
}

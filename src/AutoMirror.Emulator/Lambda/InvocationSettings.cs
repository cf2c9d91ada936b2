using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>What a function's invocations are held to, over the wire: concurrency, asynchronous events, recursion.</summary>
internal sealed class InvocationSettings(Cloud cloud)
{
    /// <summary>"Lambda keeps at least 100 executions for functions without reserved concurrency."</summary>
    private const int LeastUnreserved = 100;

    public JsonObject PutConcurrency(JsonObject input)
    {
        using var turn = cloud.Enter();
        var function = Of(input);
        var reserved = input.Integer("ReservedConcurrentExecutions") ?? throw JsonInput.Missing("ReservedConcurrentExecutions");
        var others = cloud.Lambda.Functions.Where(each => each != function).Sum(each => each.ReservedConcurrency ?? 0);
        if (cloud.Options.Quotas.ConcurrentExecutions - others - reserved < LeastUnreserved)
            throw LambdaErrors.UnreservedTooLow(LeastUnreserved);
        function.ReservedConcurrency = reserved;
        return new() { ["ReservedConcurrentExecutions"] = reserved };
    }

    public JsonObject PutEventInvoke(JsonObject input) => Set(input, new() { LastModified = cloud.Now });

    public JsonObject UpdateEventInvoke(JsonObject input) => Set(input, Existing(Of(input)));

    public JsonObject GetEventInvoke(JsonObject input) => Write(Of(input), Existing(Of(input)));

    public void DeleteEventInvoke(JsonObject input)
    {
        Existing(Of(input));
        Of(input).EventInvoke = null;
    }

    public JsonObject ListEventInvoke(JsonObject input)
    {
        var function = Of(input);
        return new()
        {
            ["FunctionEventInvokeConfigs"] = function.EventInvoke is { } settings ? new JsonArray(Write(function, settings))
                : new JsonArray(),
        };
    }

    public JsonObject PutRecursion(JsonObject input)
    {
        Of(input).RecursiveLoop = input.Required("RecursiveLoop");
        return new() { ["RecursiveLoop"] = Of(input).RecursiveLoop };
    }

    private LambdaFunction Of(JsonObject input) => cloud.Lambda.Get(input.Required("FunctionName"));

    private static EventInvokeConfiguration Existing(LambdaFunction function) =>
        function.EventInvoke ?? throw LambdaErrors.NoEventInvokeConfiguration(function.Arn);

    private JsonObject Set(JsonObject input, EventInvokeConfiguration old)
    {
        using var turn = cloud.Enter();
        var function = Of(input);
        var destinations = input["DestinationConfig"] as JsonObject;
        var settings = old with
        {
            LastModified = cloud.Now,
            MaximumRetryAttempts = input.Integer("MaximumRetryAttempts") ?? old.MaximumRetryAttempts,
            MaximumEventAge = input.Integer("MaximumEventAgeInSeconds") ?? old.MaximumEventAge,
            OnSuccess = destinations is null ? old.OnSuccess : Destination(destinations, "OnSuccess"),
            OnFailure = destinations is null ? old.OnFailure : Destination(destinations, "OnFailure"),
        };
        foreach (var destination in (string?[])[settings.OnSuccess, settings.OnFailure])
            CheckDestination(function, destination);
        function.EventInvoke = settings;
        return Write(function, settings);
    }

    private static string? Destination(JsonObject destinations, string name) =>
        (destinations[name] as JsonObject)?.Text("Destination") is { Length: > 0 } arn ? arn : null;

    /// <summary>"The execution role must have permissions for the destination", and the destination must exist.</summary>
    private void CheckDestination(LambdaFunction function, string? arn)
    {
        if (arn is null)
            return;
        if (AsynchronousResults.ActionFor(arn) is not var (action, service))
            throw LambdaErrors.NotEmulated($"The destination {arn}");
        if (service == "SQS" && cloud.Sqs.FindByArn(arn) is null)
            throw LambdaErrors.Invalid($"The destination ARN {arn} is invalid.");
        var role = cloud.Iam.Roles.FindByArn(function.Configuration.Role);
        if (role is null || !cloud.Access.MayRole(role, action, arn))
            throw LambdaErrors.Invalid($"The function's execution role does not have permissions to call {action.Split(':')[1]} on {arn}");
    }

    private static JsonObject Write(LambdaFunction function, EventInvokeConfiguration settings) => new JsonObject
    {
        ["LastModified"] = JsonTimes.Of(settings.LastModified), ["FunctionArn"] = $"{function.Arn}:$LATEST",
        ["DestinationConfig"] = new JsonObject { ["OnSuccess"] = Write(settings.OnSuccess), ["OnFailure"] = Write(settings.OnFailure) },
    }.WithAny("MaximumRetryAttempts", settings.MaximumRetryAttempts).WithAny("MaximumEventAgeInSeconds", settings.MaximumEventAge);

    private static JsonObject Write(string? destination) => new JsonObject().WithAny("Destination", destination);
}
